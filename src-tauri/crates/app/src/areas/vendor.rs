//! Vendors.

use std::collections::HashMap;

use domain::name::name_key;
use domain::vendor::Vendor;
use store::{Snapshot, Tag, Write};

use crate::activity::{self, Batch, Shown, changes};
use crate::frame::search::Searchable;
use crate::frame::{Again, Area, Context, Sample, Work, area};
use crate::vendor::endpoint::{
    KeyDraft, KeyState, OfferedModels, vendor_key, vendor_key_forget, vendor_key_save, vendor_models,
};
use crate::vendor::{
    VENDOR, VendorDraft, VendorOwner, VendorRef, VendorRow, VendorView, vendor, vendor_delete, vendor_save, vendors,
    vendors_owner,
};
use crate::view::Link;
use crate::{AppError, commands, export, sample};

pub(super) const AREA: Area = Area {
    name: VENDOR,
    records: &[VENDOR],
    commands: commands! {
        query  vendors(()) -> Vec<VendorRow>, reads [Tag::VENDORS, Tag::CONTRACTS, Tag::USAGE, Tag::SETTINGS];
        query  vendor(VendorRef) -> VendorView,
            reads [Tag::VENDORS, Tag::CONTRACTS, Tag::USAGE, Tag::SETTINGS, Tag::RECORDS];
        mutate vendor_save(VendorDraft) -> Vendor;
        mutate vendors_owner(VendorOwner) -> Batch;
        mutate vendor_delete(VendorRef) -> ();

        query  vendor_key(VendorRef) -> KeyState, reads [Tag::VENDORS];
        mutate vendor_key_save(KeyDraft) -> KeyState;
        mutate vendor_key_forget(VendorRef) -> KeyState;
        job    vendor_models(VendorRef) -> OfferedModels;
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "id" => Shown::Hidden,
                "status" => Shown::Word("vendor-status-"),
                "riskTier" => Shown::Word("risk-"),
                "protocol" => Shown::Word("protocol-"),
                _ => Shown::Text,
            };
            changes(context, snapshot, activity, &HashMap::new(), shown).await
        })
    },
    put_back: |write, activity| {
        Box::pin(async move {
            match activity.before.clone() {
                Some(before) => {
                    let vendor: Vendor = activity::read(before)?;
                    let others = store::vendor::list(write.connection()).await?;
                    let key = name_key(&vendor.details.name);
                    if others.iter().any(|other| other.id != vendor.id && name_key(&other.details.name) == key) {
                        return Err(AppError::refused("undo-conflict"));
                    }
                    store::vendor::save(write, &vendor).await?;
                }
                None => store::vendor::delete(write, activity::id_of(activity)?).await?,
            }
            Ok(())
        })
    },
    again: Again::Reversed,
    search: found,
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
    since: |_, _| area::none(),
    documents: &[],
    sections: &[],
    check: |_, _| area::none(),
    export: |_, snapshot, folder| {
        Box::pin(async move {
            export::json(folder, "vendors.json", &store::vendor::list(snapshot).await?)?;
            Ok(0)
        })
    },
    sample: made_up,
};

fn found<'a>(_: &'a Context, snapshot: &'a mut Snapshot) -> Work<'a, Vec<Searchable>> {
    Box::pin(async move {
        let vendors = store::vendor::list(snapshot).await?;
        Ok(vendors
            .into_iter()
            .map(|Vendor { id, details }| {
                let contacts = details.contacts.iter().flat_map(|contact| [&contact.name, &contact.email]);
                let words = contacts.chain(&details.provider_keys).map(String::as_str);
                Searchable {
                    link: Link::to(VENDOR, id),
                    body: [details.notes.as_str()].into_iter().chain(words).collect::<Vec<_>>().join(" "),
                    title: details.name,
                    detail: details.owner.clone(),
                    owner: details.owner,
                }
            })
            .collect())
    })
}

fn made_up<'a>(_: &'a Context, write: &'a mut Write, _: &'a Sample) -> Work<'a, ()> {
    Box::pin(async move {
        for vendor in sample::vendors() {
            store::vendor::save(write, &vendor).await?;
        }
        Ok(())
    })
}
