//! What is kept between commands, by its type.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Places for values that are dear to make, one for each type: an area keeps its own there, and nobody else knows of it.
#[derive(Default)]
pub struct Kept(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Kept {
    /// The one value of this type, made empty when it is asked for first.
    pub fn slot<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = kept.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default())).clone();
        // What lies under a type's id is of that type.
        slot.downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_one_place_of_its_own() {
        let kept = Kept::default();
        *kept.slot::<Mutex<u32>>().lock().unwrap() = 7;
        kept.slot::<Mutex<String>>().lock().unwrap().push('a');
        assert_eq!(*kept.slot::<Mutex<u32>>().lock().unwrap(), 7);
        assert_eq!(*kept.slot::<Mutex<String>>().lock().unwrap(), "a");
    }
}
