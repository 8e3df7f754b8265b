/** Why WeCom did not do what we asked, in kinds that a screen can act on. */
export type WecomProblemKind =
  | 'OUTSIDE'
  | 'PERMISSION'
  | 'SIGNATURE'
  | 'NO_CONTEXT'
  | 'CANCELLED'
  | 'TIMEOUT'
  | 'UNSUPPORTED'
  | 'REJECTED';

const WORDS: Record<WecomProblemKind, string> = {
  OUTSIDE: '现在不在企业微信里',
  PERMISSION: '企业微信没有给这个功能开权限',
  SIGNATURE: '页面没有通过企业微信的验证',
  NO_CONTEXT: '没有读到当前聊天的客户',
  CANCELLED: '你取消了这次操作',
  TIMEOUT: '企业微信一直没有回应',
  UNSUPPORTED: '你的企业微信版本还不支持这个功能',
  REJECTED: '企业微信没有接受这次操作',
};

const CHECKS: Record<WecomProblemKind, string[]> = {
  OUTSIDE: ['请在企业微信的工作台或聊天侧边栏里打开'],
  PERMISSION: [
    '应用是否在「客户联系 - 可调用接口的应用」里',
    '你的账号是否开通了「客户联系」',
    '你是否在应用的可见范围内',
    '页面的签名可能过期了：再点一次重试会重新打开页面',
  ],
  SIGNATURE: ['网址的域名是否在应用的可信域名里', '点重试会重新签名；仍不行请把编号发给总部'],
  NO_CONTEXT: ['请在和客户的单聊里，从右侧边栏打开', '群聊和同事聊天里看不到客户'],
  CANCELLED: [],
  TIMEOUT: ['看看网络是否通畅', '把企业微信切到前台再重试'],
  UNSUPPORTED: ['把企业微信升级到最新版', '升级之前可以复制话术，再到聊天里粘贴'],
  REJECTED: ['对方可能已不是你的好友，先在聊天里确认', '稍后再试；仍不行请把编号发给总部'],
};

/** A WeCom call that did not succeed; the SDK itself rejects with plain objects, which lose their origin and have no words. */
export class WecomProblem extends Error {
  readonly checks: string[];

  constructor(
    readonly kind: WecomProblemKind,
    readonly api: string,
    /** What the client answered, word for word: the line that operations look up. */
    readonly errMsg: string,
  ) {
    super(WORDS[kind]);
    this.name = 'WecomProblem';
    this.checks = CHECKS[kind];
  }

  /** Short code to read out to operations. */
  get opsCode(): string {
    return `WW-${this.kind}-${this.api}`;
  }
}

function kindOf(errMsg: string): WecomProblemKind {
  const said = errMsg.toLowerCase();
  if (said.endsWith(':cancel')) return 'CANCELLED';
  if (said.includes('without context')) return 'NO_CONTEXT';
  if (said.includes('signature')) return 'SIGNATURE';
  if (/no permission|permission denied|access denied|permission value is offline/.test(said)) return 'PERMISSION';
  if (/not exist|not support|unsupported|no such/.test(said)) return 'UNSUPPORTED';
  return 'REJECTED';
}

/** Whatever was thrown around a WeCom call, as a WecomProblem. */
export function toWecomProblem(api: string, thrown: unknown): WecomProblem {
  if (thrown instanceof WecomProblem) return thrown;
  const said = thrown as { errMsg?: unknown; message?: unknown; traceId?: unknown } | null;
  if (typeof said?.errMsg === 'string') return new WecomProblem(kindOf(said.errMsg), api, said.errMsg);
  const text = String(said?.message ?? thrown);
  // No answer from our own server while signing looks to the guide like no answer at all: the network is to be checked.
  if ((said as { code?: unknown } | null)?.code === 'NETWORK') return new WecomProblem('TIMEOUT', api, text);
  const isOurAnswer = said !== null && typeof said === 'object' && 'traceId' in said;
  const trace = isOurAnswer && said.traceId ? ` (${String(said.traceId)})` : '';
  return new WecomProblem(isOurAnswer ? 'SIGNATURE' : 'REJECTED', api, text + trace);
}
