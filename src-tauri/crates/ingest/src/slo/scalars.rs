//! Single values of a JSON document that is read as it comes: what is none is read over.

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::prometheus::Labels;

/// Longest names and values of labels kept of one series, in bytes.
const MOST_LABELS: usize = 64 << 10;

/// A scalar by one of two functions; what is none is read over.
macro_rules! scalar {
    ($seed:ident -> $value:ty, $of_text:expr, $of_number:expr) => {
        #[derive(Clone, Copy)]
        pub(super) struct $seed;

        impl<'de> DeserializeSeed<'de> for $seed {
            type Value = Option<$value>;
            #[inline]
            fn deserialize<D: serde::Deserializer<'de>>(self, d: D) -> std::result::Result<Self::Value, D::Error> {
                d.deserialize_any(self)
            }
        }

        impl<'de> Visitor<'de> for $seed {
            type Value = Option<$value>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value")
            }
            fn visit_bool<E>(self, _: bool) -> std::result::Result<Self::Value, E> {
                Ok(None)
            }
            fn visit_unit<E>(self) -> std::result::Result<Self::Value, E> {
                Ok(None)
            }
            #[inline]
            fn visit_i64<E>(self, value: i64) -> std::result::Result<Self::Value, E> {
                Ok($of_number(value as f64))
            }
            #[inline]
            fn visit_u64<E>(self, value: u64) -> std::result::Result<Self::Value, E> {
                Ok($of_number(value as f64))
            }
            #[inline]
            fn visit_f64<E>(self, value: f64) -> std::result::Result<Self::Value, E> {
                Ok($of_number(value))
            }
            #[inline]
            fn visit_str<E>(self, text: &str) -> std::result::Result<Self::Value, E> {
                Ok($of_text(text))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Self::Value, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(None)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(None)
            }
        }
    };
}

scalar!(Number -> f64, |text: &str| text.trim().parse().ok(), Some);
scalar!(Text -> String, |text: &str| Some(text.to_owned()), |number: f64| Some(number.to_string()));

/// Labels of a series.
pub(super) struct LabelsOf;

impl<'de> DeserializeSeed<'de> for LabelsOf {
    type Value = Labels;
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Labels, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for LabelsOf {
    type Value = Labels;
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("labels")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Labels, A::Error> {
        let (mut labels, mut bytes) = (Labels::new(), 0);
        while let Some(label) = map.next_key::<String>()? {
            let value = map.next_value_seed(Text)?.unwrap_or_default();
            bytes += label.len() + value.len();
            if bytes <= MOST_LABELS {
                labels.insert(label, value);
            }
        }
        Ok(labels)
    }
}
