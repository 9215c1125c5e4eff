//! Documents kept with a record, inside the workspace.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::id::AttachmentId;
use serde::{Deserialize, Serialize};
use store::attachment::Attachment;
use store::record::RecordRef;
use ts_rs::TS;
use uuid::Uuid;

use super::title_of;
use crate::target::{Agreed, Target, refuse_to_read};
use crate::{AppError, Context, Result, activity};

pub(crate) const ATTACHMENT: &str = "attachment";

/// Scanned agreements are smaller; what is larger is no document.
const MAX_ATTACHMENT: u64 = 50 << 20;

/// Text longer than this is read better elsewhere.
const MAX_TEXT: usize = 1 << 20;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachRequest {
    pub about: RecordRef,
    pub path: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachmentRef {
    pub id: AttachmentId,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentSave {
    pub id: AttachmentId,
    pub path: String,
    /// Whoever asks has agreed to lose a file of that name.
    #[serde(default)]
    pub replace: bool,
    /// Whoever asks has agreed to have its folder made.
    #[serde(default)]
    pub create_folder: bool,
}

/// How a document can be looked at in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    Pdf,
    Image,
    Text,
    /// Not at all: a copy is saved and opened elsewhere.
    None,
}

/// A document to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentContent {
    pub name: String,
    pub sight: Sight,
    /// Of an image: "image/png".
    pub media_type: String,
    /// Base64 of a PDF or an image.
    pub data: String,
    pub text: String,
}

/// What a file is, by how it begins: its name was chosen by anybody.
fn sight(bytes: &[u8]) -> (Sight, &'static str) {
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    if starts(b"%PDF-") {
        (Sight::Pdf, "application/pdf")
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        (Sight::Image, "image/png")
    } else if starts(b"\xff\xd8\xff") {
        (Sight::Image, "image/jpeg")
    } else if starts(b"GIF8") {
        (Sight::Image, "image/gif")
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        (Sight::Image, "image/webp")
    } else if bytes.len() <= MAX_TEXT && std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')) {
        (Sight::Text, "text/plain")
    } else {
        (Sight::None, "application/octet-stream")
    }
}

pub async fn record_attach(context: &Context, request: AttachRequest) -> Result<Attachment> {
    let path = context.app.path(&request.path);
    refuse_to_read(context, &path).await?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = match std::fs::metadata(&path) {
        Ok(found) if found.len() > MAX_ATTACHMENT => {
            return Err(too_large(&name));
        }
        Ok(found) if found.is_file() => {
            // What says it is empty may go on for ever.
            let mut bytes = Vec::new();
            std::fs::File::open(&path)?.take(MAX_ATTACHMENT + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > MAX_ATTACHMENT {
                return Err(too_large(&name));
            }
            bytes
        }
        Ok(_) => return Err(AppError::refused("not-a-file").with("path", &request.path)),
        Err(_) => return Err(AppError::refused("file-not-found").with("path", &name)),
    };
    if bytes.is_empty() {
        return Err(AppError::refused("attachment-empty").with("file", &name));
    }
    // What a browser saved in place of the agreement is seldom noticed in time.
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) && sight(&bytes).0 != Sight::Pdf {
        return Err(AppError::refused("not-a-pdf").with("file", &name));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    title_of(context, &request.about).await?;
    let attachment = Attachment {
        id: AttachmentId(Uuid::now_v7()),
        name: name.clone(),
        bytes: bytes.len() as i64,
        sha256: ingest::hash_bytes(&bytes),
        added_at: context.now(),
    };
    store::attachment::add(&mut write, &request.about, &attachment, &bytes).await?;
    let kept = Kept { about: request.about, attachment };
    activity::created(&mut write, context, ATTACHMENT, &kept.attachment.id.to_string(), &name, &kept).await?;
    write.commit().await?;
    Ok(kept.attachment)
}

fn too_large(name: &str) -> AppError {
    AppError::refused("attachment-too-large").with("file", name).with("limit", MAX_ATTACHMENT >> 20)
}

/// A document as the log keeps it: with the record it is of, so that it is found among that record's changes.
#[derive(Serialize)]
struct Kept {
    about: RecordRef,
    #[serde(flatten)]
    attachment: Attachment,
}

/// A document's content to look at in the window.
pub async fn attachment_content(context: &Context, input: AttachmentRef) -> Result<AttachmentContent> {
    let store = context.store().await?;
    let (name, bytes) = store::attachment::bytes(&mut *store.read().await?, input.id).await?;
    let (sight, media_type) = sight(&bytes);
    let data = if matches!(sight, Sight::Pdf | Sight::Image) { STANDARD.encode(&bytes) } else { String::new() };
    let text = if sight == Sight::Text { String::from_utf8_lossy(&bytes).into_owned() } else { String::new() };
    Ok(AttachmentContent { name, sight, media_type: media_type.to_owned(), data, text })
}

pub async fn attachment_save(context: &Context, request: AttachmentSave) -> Result<()> {
    let store = context.store().await?;
    let (_, bytes) = store::attachment::bytes(&mut *store.read().await?, request.id).await?;
    let agreed = Agreed { replace: request.replace, create_folder: request.create_folder };
    Target::file(context, context.app.path(&request.path), agreed).await?.write(bytes)
}

pub async fn attachment_delete(context: &Context, input: AttachmentRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let (about, attachment) = store::attachment::get(write.connection(), input.id).await?;
    if !store::attachment::of(write.connection(), &about).await?.contains(&attachment) {
        return Ok(());
    }
    let (id, name) = (input.id.to_string(), attachment.name.clone());
    activity::deleted(&mut write, context, ATTACHMENT, &id, &name, &Kept { about, attachment }).await?;
    store::attachment::set_deleted(&mut write, input.id, true).await?;
    write.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_is_read_from_its_bytes() {
        let of = |bytes: &[u8]| sight(bytes).0;
        assert_eq!(of(b"%PDF-1.7"), Sight::Pdf);
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0"), Sight::Image);
        assert_eq!(of(b"RIFF\0\0\0\0WEBPVP8 "), Sight::Image);
        assert_eq!(of("合同".as_bytes()), Sight::Text);
        // A drawing that could carry a script is text here.
        assert_eq!(of(b"<svg onload='x'/>"), Sight::Text);
        assert_eq!(of(b"PK\x03\x04\xff\0"), Sight::None);
    }
}
