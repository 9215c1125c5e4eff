//! Journeys through the application on real files, in one program: each file would otherwise link all of it anew.

#![allow(clippy::unwrap_used)]

mod attention;
mod bakeoff;
mod bakeoff_counting;
mod bakeoff_decision;
mod bakeoff_faults;
mod bakeoff_few;
mod bakeoff_files;
mod bakeoff_verdicts;
mod bills;
mod bounds;
mod calendar;
mod carried;
mod catalogues;
mod cli;
mod commands;
mod connections;
mod contributing;
mod demand;
mod dependencies;
mod documents;
mod evidence;
mod history;
mod import_coverage;
mod import_preview;
mod importing_again;
mod incident;
mod oracle;
mod overlap;
mod paths;
mod postmortem;
mod records;
mod sample_bakeoffs;
mod scorecards;
mod sla_credits;
mod slo;
mod table;
mod terminal;
mod upgrade;
mod usage;
mod vendor_names;
mod workspace;
