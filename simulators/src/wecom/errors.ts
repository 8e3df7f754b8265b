/** Texts of the global error table; programs must look at the code only, so the texts stay short. */
const MESSAGES: Record<number, string> = {
  [-1]: 'system busy',
  40001: 'invalid credential',
  40003: 'invalid userid',
  40007: 'invalid media_id',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40031: 'invalid userid list',
  40058: 'invalid parameter',
  40063: 'some parameters are empty',
  40068: 'invalid tagid',
  40071: 'tag name already exists',
  40093: 'invalid jsapi signature',
  40096: 'invalid external userid',
  40097: 'userid is not a resigned member',
  40099: 'takeover member has too many contacts',
  40100: 'external contact is in transfer',
  40126: 'corp tag count exceeds limit',
  40128: 'external contact transferred too often',
  40130: 'handover and takeover are the same member',
  40131: 'not the contact of the handover member',
  40144: 'tag count of the contact exceeds limit',
  41001: 'access_token missing',
  41004: 'secret missing',
  41039: 'invalid config_id',
  41041: 'too many members in contact way',
  41044: 'no usable member in contact way',
  41045: 'contact way count exceeds limit',
  41047: 'invalid msgid',
  41048: 'no contact to send to',
  41050: 'invalid welcome_code',
  41051: 'welcome message already delivered or chat started',
  41054: 'member has no contact permission',
  41063: 'mass message is being dispatched, try again later',
  41093: 'mass message was cancelled',
  41094: 'remind too often',
  41096: 'another app is sending the welcome message',
  42001: 'access_token expired',
  42003: 'code expired',
  42022: 'code was used',
  42012: 'jsapi_ticket of another app',
  44001: 'empty media data',
  45002: 'content size out of limit',
  45009: 'api freq out of limit',
  45033: 'api concurrent out of limit',
  45035: 'write conflict, try again later',
  45045: 'media size out of limit',
  46004: 'user not exist',
  47001: 'data format error',
  48002: 'api forbidden',
  50001: 'redirect_uri is not the trusted domain',
  50100: 'invalid cursor',
  60011: 'no privilege to access the member',
  60020: 'not allow to access from your ip',
  60111: 'userid not found',
  81013: 'user & party & tag all invalid',
  84061: 'not external contact',
  84084: 'member has no contact permission',
  91040: 'invalid ticket type',
  301002: 'no permission for the agent',
};

/** An answer other than errcode 0; the HTTP status stays 200 as on the real platform. */
export class WecomError extends Error {
  constructor(
    readonly errcode: number,
    detail?: string,
  ) {
    super(detail ?? MESSAGES[errcode] ?? 'unknown error');
    this.name = 'WecomError';
  }
}

/** Throws the error of one code; written as an expression so that guards stay on one line. */
export function refuse(errcode: number, detail?: string): never {
  throw new WecomError(errcode, detail);
}

/** The body of an error, with the hint that operators forward to the vendor. */
export function errorBody(error: WecomError, nowMs: number, ip: string): { errcode: number; errmsg: string } {
  const hint = `${Math.floor(nowMs / 1000)}_${Math.abs(error.errcode)}_sim`;
  return {
    errcode: error.errcode,
    errmsg: `${error.message}, hint: [${hint}], from ip: ${ip}, more info at https://open.work.weixin.qq.com/devtool/query?e=${error.errcode}`,
  };
}
