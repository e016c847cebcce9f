//! Pixels to a PNG (W3C PNG third edition, truecolour, 8 bits). It is written here and not by plotters
//! because the file must say how many pixels there are to an inch, and because flat colours pack much
//! better than with the fast setting that plotters uses.

use flate2::{Compression, Crc, write::ZlibEncoder};
use std::io::Write;

/// How many times larger a picture of this size is drawn: enough for smooth
/// edges, less where memory would suffer.
pub(crate) fn finer(size: (u32, u32)) -> u32 {
    match u64::from(size.0) * u64::from(size.1) {
        0..=20_000_000 => 2,
        _ => 1,
    }
}

/// The picture with each `finer` x `finer` pixels averaged to one.
pub(crate) fn smaller(large: &[u8], size: (u32, u32), finer: u32) -> Vec<u8> {
    if finer == 1 {
        return large.to_vec();
    }
    let (width, height, finer) = (size.0 as usize, size.1 as usize, finer as usize);
    let count = (finer * finer) as u32;
    let mut small = Vec::with_capacity(width * height * 3);
    let mut sums = vec![0u32; width * 3];
    for row in 0..height {
        sums.fill(0);
        for inner in 0..finer {
            let start = (row * finer + inner) * width * finer * 3;
            let line = &large[start..start + width * finer * 3];
            for (sum, pixels) in sums.chunks_exact_mut(3).zip(line.chunks_exact(finer * 3)) {
                for pixel in pixels.chunks_exact(3) {
                    sum[0] += u32::from(pixel[0]);
                    sum[1] += u32::from(pixel[1]);
                    sum[2] += u32::from(pixel[2]);
                }
            }
        }
        small.extend(sums.iter().map(|sum| ((sum + count / 2) / count) as u8));
    }
    small
}

/// The file. Most of a chart is flat: a row that equals the one above costs
/// next to nothing, so rows are stored as differences from the row above.
pub(crate) fn encode(pixels: &[u8], size: (u32, u32), dpi: u32) -> std::io::Result<Vec<u8>> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(size.0.to_be_bytes());
    head.extend(size.1.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &head);
    let per_metre = (f64::from(dpi) / 0.0254).round() as u32;
    let mut physical = Vec::new();
    physical.extend(per_metre.to_be_bytes());
    physical.extend(per_metre.to_be_bytes());
    physical.push(1);
    chunk(&mut file, b"pHYs", &physical);
    let stride = size.0 as usize * 3;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::new(6));
    let mut filtered = vec![0; stride + 1];
    for row in 0..size.1 as usize {
        let line = &pixels[row * stride..(row + 1) * stride];
        if row == 0 {
            filtered[0] = 0;
            filtered[1..].copy_from_slice(line);
        } else {
            filtered[0] = 2;
            let above = &pixels[(row - 1) * stride..row * stride];
            for ((out, here), above) in filtered[1..].iter_mut().zip(line).zip(above) {
                *out = here.wrapping_sub(*above);
            }
        }
        packed.write_all(&filtered)?;
    }
    chunk(&mut file, b"IDAT", &packed.finish()?);
    chunk(&mut file, b"IEND", &[]);
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(data);
    file.extend(sum.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_picture_comes_back_as_it_was_written() {
        let size = (5, 4);
        let pixels: Vec<u8> = (0..60).map(|n| (n * 37 % 256) as u8).collect();
        let file = encode(&pixels, size, 192).unwrap();
        assert!(file.windows(4).any(|four| four == b"pHYs"));
        let at = file.windows(4).position(|four| four == b"IDAT").unwrap();
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(&file[at + 4..]).read_to_end(&mut rows).unwrap();
        let mut read: Vec<u8> = Vec::new();
        for (row, line) in rows.chunks(16).enumerate() {
            for (column, value) in line[1..].iter().enumerate() {
                let above = if line[0] == 2 { read[(row - 1) * 15 + column] } else { 0 };
                read.push(value.wrapping_add(above));
            }
        }
        assert_eq!(read, pixels);
    }

    #[test]
    fn making_smaller_averages() {
        let large = [0, 0, 0, 90, 90, 90, 30, 30, 30, 0, 0, 0];
        assert_eq!(smaller(&large, (1, 1), 2), [30, 30, 30]);
    }
}
