//! From starting the program to the first useful picture.

use super::Setting;

pub fn compare(_: &Setting) {}
