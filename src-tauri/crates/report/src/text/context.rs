//! The faces as the shaper knows them.

use std::sync::{Arc, OnceLock};

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{FontContext, FontFamilyName, FontWeight, LayoutContext};

use crate::fonts::Face;

/// What shaping needs, and the faces it knows so far.
pub(super) struct Context {
    pub fonts: FontContext,
    pub layouts: LayoutContext<()>,
    faces: Vec<Face>,
}

static BLOBS: [OnceLock<Blob<u8>>; Face::ALL.len()] = [const { OnceLock::new() }; Face::ALL.len()];

impl Context {
    pub fn new() -> Self {
        let collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let fonts = FontContext { collection, source_cache: SourceCache::default() };
        let mut context = Self { fonts, layouts: LayoutContext::new(), faces: Vec::new() };
        for face in Face::BASE {
            context.know(face);
        }
        context
    }

    /// Makes a face known, unpacked where it has to be.
    pub fn know(&mut self, face: Face) {
        if self.faces.contains(&face) {
            return;
        }
        let info = FontInfoOverride {
            family_name: Some(face.family()),
            weight: Some(FontWeight::new(f32::from(face.weight()))),
            ..Default::default()
        };
        let blob = BLOBS[face as usize].get_or_init(|| Blob::new(Arc::new(face.bytes())));
        self.fonts.collection.register_fonts(blob.clone(), Some(info));
        self.faces.push(face);
    }
}

/// The face a run was shaped with.
pub(super) fn face_of(run: &parley::layout::Run<'_, ()>) -> Face {
    let id = run.font().data.id();
    let holds = |face: &Face| BLOBS[*face as usize].get().is_some_and(|blob| blob.id() == id);
    Face::ALL.into_iter().find(holds).unwrap_or(Face::Regular)
}

/// Families in order of fallback, `first` before all.
pub(super) fn families(first: Option<Face>) -> Vec<FontFamilyName<'static>> {
    first.into_iter().chain([Face::Regular, Face::Cjk]).map(|face| FontFamilyName::named(face.family())).collect()
}
