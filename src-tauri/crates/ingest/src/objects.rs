//! The objects of a JSON text, one at a time, whether it is one array, several documents or one object.
//!
//! Objects are cut out by their braces before they are parsed, so that a broken one costs only itself.

/// Longest object we accept, in bytes.
pub(crate) const MAX_OBJECT: usize = 64 << 20;

/// A piece of the text, from the first byte of a value to its last.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Object(&'t [u8]),
    /// A number, a word or a string where an object should be.
    Other(&'t [u8]),
    /// More than [`MAX_OBJECT`] bytes without an end: its beginning.
    TooLong(&'t [u8]),
}

/// Cuts a stream of text into pieces.
#[derive(Debug, Default)]
pub(crate) struct Objects {
    buffer: Vec<u8>,
    /// Up to where the buffer was looked at.
    at: usize,
    /// Where the open piece starts.
    from: Option<usize>,
    depth: u32,
    in_string: bool,
    escaped: bool,
    is_object: bool,
    arrays: u32,
    line: u64,
    start_line: u64,
}

impl Objects {
    /// Looks at more text and calls `each` with every piece that ends in it and the line, from 1, it starts in.
    ///
    /// # Errors
    /// Those of `each`.
    pub(crate) fn push<E>(
        &mut self,
        text: &[u8],
        mut each: impl FnMut(Piece<'_>, u64) -> Result<(), E>,
    ) -> Result<(), E> {
        self.buffer.extend_from_slice(text);
        while self.at < self.buffer.len() {
            let byte = self.buffer[self.at];
            self.at += 1;
            let before = self.line;
            self.line += u64::from(byte == b'\n');
            match self.from {
                None => self.outside(byte, before),
                Some(from) => {
                    let end = self.inside(byte);
                    if let Some(end) = end {
                        let piece = &self.buffer[from..end];
                        self.from = None;
                        each(if self.is_object { Piece::Object(piece) } else { Piece::Other(piece) }, self.start_line)?;
                        if !self.is_object && byte == b']' {
                            self.arrays = self.arrays.saturating_sub(1);
                        }
                    } else if self.at - from > MAX_OBJECT {
                        each(Piece::TooLong(&self.buffer[from..from + 512]), self.start_line)?;
                        self.buffer.drain(from..self.at);
                        self.at = from;
                        (self.from, self.depth, self.in_string) = (None, 0, false);
                    }
                }
            }
        }
        let done = self.from.unwrap_or(self.at);
        self.buffer.drain(..done);
        self.at -= done;
        self.from = self.from.map(|from| from - done);
        Ok(())
    }

    /// The piece that never ended and the line it starts in; or an empty one if an array was never closed.
    pub(crate) fn rest(&self) -> Option<(&[u8], u64)> {
        match self.from {
            Some(from) => Some((&self.buffer[from..], self.start_line)),
            None => (self.arrays > 0).then_some((&[], self.line + 1)),
        }
    }

    fn outside(&mut self, byte: u8, line: u64) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {}
            b'[' => self.arrays += 1,
            b']' => self.arrays = self.arrays.saturating_sub(1),
            _ => {
                self.is_object = byte == b'{';
                self.in_string = byte == b'"';
                self.escaped = false;
                self.depth = 1;
                self.from = Some(self.at - 1);
                self.start_line = line + 1;
            }
        }
    }

    /// Looks at a byte of the open piece; its end, if this is it.
    fn inside(&mut self, byte: u8) -> Option<usize> {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                // A string has no line ends: the quote that should have closed it is missing.
                b'"' | b'\n' => self.in_string = false,
                _ => {}
            }
            return None;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' if self.is_object => self.depth += 1,
            b'}' if self.is_object => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Some(self.at);
                }
            }
            b',' | b']' | b'\n' if !self.is_object => return Some(self.at - 1),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, step: usize) -> Vec<(String, u64)> {
        let mut objects = Objects::default();
        let mut all = Vec::new();
        for chunk in text.as_bytes().chunks(step) {
            let each = |piece: Piece<'_>, line| {
                let (mark, bytes) = match piece {
                    Piece::Object(bytes) => ("", bytes),
                    Piece::Other(bytes) => ("?", bytes),
                    Piece::TooLong(bytes) => ("!", bytes),
                };
                all.push((format!("{mark}{}", String::from_utf8_lossy(bytes)), line));
                Ok::<(), ()>(())
            };
            objects.push(chunk, each).unwrap();
        }
        if let Some((rest, line)) = objects.rest() {
            all.push((format!("…{}", String::from_utf8_lossy(rest)), line));
        }
        all
    }

    #[test]
    fn objects_are_cut_out_wherever_the_text_is_broken() {
        for (text, expected) in [
            ("[{\"a\":1},\n {\"b\":{\"c\":2}}]", vec![("{\"a\":1}", 1), ("{\"b\":{\"c\":2}}", 2)]),
            ("{\n\"a\": \"}\\\"{\"\n}\n{}", vec![("{\n\"a\": \"}\\\"{\"\n}", 1), ("{}", 4)]),
            ("[1,\n\"x,]\",{}]", vec![("?1", 1), ("?\"x,]\"", 2), ("{}", 2)]),
            ("[{\"a\":1},{\"b\":", vec![("{\"a\":1}", 1), ("…{\"b\":", 1)]),
            ("[{},\n", vec![("{}", 1), ("…", 2)]),
            ("[{\"a\":\"x\n},{}]", vec![("{\"a\":\"x\n}", 1), ("{}", 2)]),
            ("[]", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(t, n): (&str, u64)| (t.to_owned(), n)).collect();
            for step in 1..=text.len() {
                assert_eq!(pieces(text, step), expected, "{text:?} by {step}");
            }
        }
    }
}
