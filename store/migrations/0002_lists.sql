-- The audit log as people read it: newest first, by who did it, by what it was done to.

create index store_audit_newest on store_audit (id); -- serves views::ops::audit
create index store_audit_actor on store_audit (home, actor_id, id) where actor_id <> 0; -- serves views::ops::audit of an actor
create index store_audit_subject on store_audit (subject, id) where subject <> 0; -- serves views::ops::audit of a subject
