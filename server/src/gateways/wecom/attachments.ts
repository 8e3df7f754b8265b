import { toWecomPage } from './wecom-page.js';

/** What can be attached to a welcome or a mass-send; at most nine. */
export type Attachment =
  | { kind: 'image'; mediaId: string }
  | { kind: 'link'; title: string; url: string; pictureUrl?: string; description?: string }
  | { kind: 'miniprogram'; title: string; appid: string; path: string; query?: string; pictureMediaId: string }
  | { kind: 'video'; mediaId: string }
  | { kind: 'file'; mediaId: string };

/** Cuts at a byte limit without breaking a character. */
export function cutBytes(value: string, bytes: number): string {
  let used = 0;
  let result = '';
  for (const char of value) {
    used += Buffer.byteLength(char);
    if (used > bytes) break;
    result += char;
  }
  return result;
}

/** @throws RangeError for more than nine */
export function attachmentBodies(attachments: readonly Attachment[]): object[] {
  if (attachments.length > 9) throw new RangeError('a message takes nine attachments');
  return attachments.map(body);
}

function body(attachment: Attachment): object {
  switch (attachment.kind) {
    case 'link':
      return {
        msgtype: 'link',
        link: {
          title: cutBytes(attachment.title, 128),
          picurl: attachment.pictureUrl,
          desc: attachment.description && cutBytes(attachment.description, 512),
          url: attachment.url,
        },
      };
    case 'miniprogram':
      return {
        msgtype: 'miniprogram',
        miniprogram: {
          title: cutBytes(attachment.title, 64),
          pic_media_id: attachment.pictureMediaId,
          appid: attachment.appid,
          page: toWecomPage('attachment', attachment.path, attachment.query),
        },
      };
    default:
      return { msgtype: attachment.kind, [attachment.kind]: { media_id: attachment.mediaId } };
  }
}
