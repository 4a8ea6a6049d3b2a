// Package media makes a file that a person sent fit to be kept: it finds out what
// the file is, and removes what tells of the sender – place, device, names, dates.
//
// A file goes one way: its bytes decide what it is (sniff); it is refused with a reason,
// where that can be known from its type or header (Accepts, plan); a process of its own
// cleans it (Child, confine); the result is checked (checkFilm, bareJPEG) and handed back.
//
// What it holds to:
//
//   - Bytes decide what a file is; its name and claimed type decide nothing.
//   - Nothing but headers is read in the program itself. The child that decodes has limits
//     of memory, processor time, time and size of files, an environment without secrets, no
//     network and no core dump, and its tools with it. All children together stay
//     within Budget, whatever is sent at once.
//   - A file that kills its child, or meets a limit, is refused; it is not tried again.
//   - What is kept is by lists of what is known to be clean: a photo is drawn anew; pages of a
//     document are drawn, and the pictures make a new document; sound and video are copied
//     by units of listed codecs into a new container, and encoded anew where the codec, the
//     container or the result is not on the list. Where the tool is missing the file is
//     refused, never kept uncleaned.
//   - The result is checked again, boxes, units and bytes; what is not on the lists is refused.
//   - No file with content is left on the disk, not even by a killed program: what a tool must
//     seek in is a file without a name.
//   - Errors carry a locale key and never a name or a part of the content.
//   - Papers of the ward, which this program wrote, become PDF in such a child, too: what a
//     template asks LibreOffice to fetch cannot be fetched.
//
// What it does not promise: faces, voices, number plates and whatever else is in the
// picture or the words stay. A codec that is copied has room for hidden bytes in its
// picture data. Words of a PDF can be read but not copied or searched, notes are kept as far
// as a reader draws them, and of an animation in WebP the first picture is kept. Nor does it
// look for harmful software.
package media
