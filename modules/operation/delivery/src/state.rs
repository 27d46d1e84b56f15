//! Where a parcel is, as its track says.

store::codes! {
    /// The states of a parcel. All but the first are what a carrier reports.
    pub enum State {
        /// Labelled and, so the shop says, handed over; the carrier has not seen it.
        Created = "created",
        /// 揽收
        PickedUp = "picked_up",
        /// Between stations.
        InTransit = "in_transit",
        /// At the last station.
        AtStation = "at_station",
        /// With the courier.
        OutForDelivery = "out_for_delivery",
        /// 签收: risk has passed to the buyer.
        Signed = "signed",
        /// 拒收: the recipient did not take it.
        Refused = "refused",
        /// In a locker, which is not signed.
        InLocker = "in_locker",
        /// Nobody there, no such address.
        Undeliverable = "undeliverable",
        /// On its way back to the shop.
        Returning = "returning",
        /// Back at the shop.
        Returned = "returned",
        /// The carrier cannot find it; it may yet turn up.
        Lost = "lost",
        /// Broken on the way; it may yet be delivered.
        Damaged = "damaged",
    }
}

impl State {
    /// The state after a scan that is later, by the carrier's time, than all before it; none where the scan is kept
    /// but moves nothing.
    ///
    /// Carriers leave scans out and repeat them, so what is on its way goes wherever the carrier says. Three things
    /// hold: `created` is no scan; a parcel that is signed or returned stays so until somebody corrects it by name;
    /// and one that goes back stays on its way back through all stations, until its sender signs for it.
    pub const fn after(self, scan: State) -> Option<State> {
        match (self, scan) {
            (_, State::Created) | (State::Signed | State::Returned, _) => None,
            (State::Returning, State::Signed | State::Returned) => Some(State::Returned),
            (State::Returning, State::Returning | State::Lost | State::Damaged) => Some(scan),
            (State::Returning, _) => None,
            (_, _) => Some(scan),
        }
    }
}
