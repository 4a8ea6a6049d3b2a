// Package media makes a file that a person sent fit to be kept: it finds out what
// the file is, and removes what tells of the sender – place, device, names, dates.
//
// What it holds to:
//
//   - Bytes decide what a file is; its name and claimed type decide nothing.
//   - A photo is decoded and drawn anew, so nothing of the old file survives but
//     its pixels. Its size is checked before it is decoded.
//   - Sound and video are copied stream by stream into a new container by ffmpeg,
//     and documents are rewritten by exiftool and qpdf. Where the tool is missing
//     the file is refused, never kept uncleaned.
//   - The result is checked again; what still tells something is refused.
//   - No file is left on the disk, not even by a killed program: what a tool must
//     seek in is a file without a name.
//   - Errors carry a locale key and never a name or a part of the content.
//
// What it cannot do: faces, voices, number plates and whatever else is in the
// picture or the words stay. Nor does it look for harmful software.
package media
