//! Enums that are stored as words.

/// Declares an enum whose variants are stored as TEXT, each under its stable word.
///
/// ```
/// store::codes! {
///     /// Whether the shop is open.
///     pub enum Door {
///         /// Customers come in.
///         Open = "open",
///         /// They do not.
///         Shut = "shut",
///     }
/// }
/// assert_eq!(Door::Open.word(), "open");
/// assert_eq!(Door::of("shut"), Some(Door::Shut));
/// ```
#[macro_export]
macro_rules! codes {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $word:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        $vis enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word it is stored and sent as.
            pub const fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }

            /// The variant of a word.
            pub fn of(word: &str) -> Option<$name> {
                match word {
                    $($word => Some($name::$variant),)+
                    _ => None,
                }
            }
        }

        impl $crate::ToVal for $name {
            fn to_val(&self) -> $crate::Val {
                $crate::Val::Word(self.word())
            }
        }

        impl $crate::FromCol for $name {
            fn from_col(col: $crate::Col<'_>) -> Option<Self> {
                match col {
                    $crate::Col::Text(word) => $name::of(word),
                    _ => None,
                }
            }
        }

        impl $crate::reexport::serde::Serialize for $name {
            fn serialize<S: $crate::reexport::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl $crate::reexport::schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                // Two rooms may each have a `State`.
                concat!(module_path!(), "::", stringify!($name)).replace("::", "_").into()
            }
            fn json_schema(
                _: &mut $crate::reexport::schemars::SchemaGenerator,
            ) -> $crate::reexport::schemars::Schema {
                let words: Vec<&str> = $name::ALL.iter().map(|one| one.word()).collect();
                $crate::reexport::schemars::json_schema!({ "type": "string", "enum": words })
            }
        }

        impl<'de> $crate::reexport::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <String as $crate::reexport::serde::Deserialize>::deserialize(deserializer)?;
                $name::of(&word).ok_or_else(|| {
                    <D::Error as $crate::reexport::serde::de::Error>::custom(format!("unknown word {word:?}"))
                })
            }
        }
    };
}
