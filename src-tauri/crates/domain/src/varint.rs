//! Whole numbers as bytes, small ones in few: what the stored ledgers, minutes and sketches are made of.

/// Bytes that are not what was stored: a file damaged where no check of SQLite's looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("figures stored beside the roll-ups cannot be read")]
pub struct Damaged;

/// Appends a number as LEB128: seven bits a byte, the lowest first.
#[inline]
pub(crate) fn put(out: &mut Vec<u8>, value: u128) {
    // Nearly all are small, and arithmetic on 128 bits takes several times as long.
    let Ok(mut value) = u64::try_from(value) else { return put_large(out, value) };
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn put_large(out: &mut Vec<u8>, mut value: u128) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Signed numbers as unsigned ones that are small where the number is near 0.
pub(crate) fn zigzag(value: i128) -> u128 {
    ((value << 1) ^ (value >> 127)) as u128
}

pub(crate) fn unzigzag(value: u128) -> i128 {
    (value >> 1) as i128 ^ -((value & 1) as i128)
}

/// Reads what [`put`] wrote, front to back.
pub(crate) struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    pub(crate) fn varint(&mut self) -> Result<u128, Damaged> {
        // Nearly all are small, and arithmetic on 128 bits takes several times as long.
        let mut value = 0u64;
        for (place, byte) in self.0.iter().take(9).enumerate() {
            value |= u64::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                self.0 = &self.0[place + 1..];
                return Ok(u128::from(value));
            }
        }
        self.large()
    }

    fn large(&mut self) -> Result<u128, Damaged> {
        let mut value = 0u128;
        for shift in (0..126).step_by(7) {
            let (first, rest) = self.0.split_first().ok_or(Damaged)?;
            self.0 = rest;
            value |= u128::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Damaged)
    }

    pub(crate) fn number<T: TryFrom<u128>>(&mut self) -> Result<T, Damaged> {
        T::try_from(self.varint()?).map_err(|_| Damaged)
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'b [u8], Damaged> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(Damaged)?;
        self.0 = rest;
        Ok(bytes)
    }

    pub(crate) fn word(&mut self) -> Result<u64, Damaged> {
        let (word, rest) = self.0.split_first_chunk::<8>().ok_or(Damaged)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*word))
    }
}
