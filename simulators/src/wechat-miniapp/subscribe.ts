import { refuse } from './errors.js';

type Rule = { max?: number; pattern?: RegExp };

const TIME =
  /^(\d{4}年\d{1,2}月\d{1,2}日\s*)?\d{1,2}:\d{2}(:\d{2})?$|^\d{4}[-/]\d{1,2}[-/]\d{1,2}( \d{1,2}:\d{2}(:\d{2})?)?$/;

/** The kinds of keyword and what each may hold; the kind is the keyword's name without its number. */
const RULES: Record<string, Rule> = {
  thing: { max: 20 },
  number: { pattern: /^-?\d{1,32}(\.\d+)?$/ },
  letter: { pattern: /^[A-Za-z]{1,32}$/ },
  symbol: { max: 5 },
  character_string: { pattern: /^[\x21-\x7e]{1,32}$/ },
  time: { pattern: TIME },
  date: { pattern: /^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2})(\s*\d{1,2}:\d{2})?$/ },
  amount: { pattern: /^[¥￥$€]?\d{1,10}(\.\d+)?元?$/ },
  phone_number: { pattern: /^[\d\-+() ]{1,17}$/ },
  car_number: { max: 8 },
  name: { pattern: /^([\u4e00-\u9fff·]{1,10}|[A-Za-z\d\s\p{P}]{1,20})$/u },
  phrase: { pattern: /^[\u4e00-\u9fff]{1,5}$/ },
};

/**
 * Refuses with 47003 and the field's name, as the platform does, when a value does not fit its kind or is missing.
 * @param wanted the keywords of the template, where they are known
 */
export function checkTemplateData(data: unknown, wanted: readonly string[] = []): Record<string, string> {
  if (typeof data !== 'object' || data === null) refuse(47003, 'argument invalid! data is empty');
  const values: Record<string, string> = {};
  for (const [field, held] of Object.entries(data as Record<string, { value?: unknown }>)) {
    const value = String(held?.value ?? '');
    const rule = RULES[field.replace(/\d+$/, '')];
    const fits =
      rule &&
      value !== '' &&
      (!rule.max || [...value].length <= rule.max) &&
      (!rule.pattern || rule.pattern.test(value));
    if (!fits) refuse(47003, `argument invalid! data.${field}.value is invalid`);
    values[field] = value;
  }
  if (Object.keys(values).length === 0) refuse(47003, 'argument invalid! data is empty');
  for (const field of wanted) if (!(field in values)) refuse(47003, `argument invalid! data.${field}.value is empty`);
  return values;
}

export type Answer = 'accept' | 'reject';

/** One accept is one message; accepts add up, and no API reads the balance. */
export class SubscribeLedger {
  /**
   * @param balance messages that may still be sent, by openid and template
   * @param kept answers that the person asked WeChat to keep, by openid and template
   */
  constructor(
    readonly balance: Record<string, number>,
    private readonly kept: Record<string, Answer>,
  ) {}

  accept(openid: string, templateId: string): void {
    const key = `${openid}|${templateId}`;
    this.balance[key] = (this.balance[key] ?? 0) + 1;
  }

  /** @param isLasting a lasting template is not counted, but wants one accept all the same */
  spend(openid: string, templateId: string, isLasting = false): void {
    const key = `${openid}|${templateId}`;
    const left = this.balance[key] ?? 0;
    if (left <= 0) refuse(43101);
    if (!isLasting) this.balance[key] = left - 1;
  }

  /** 「总是保持以上选择，不再询问」: from now on the answer is given without a sheet. */
  keep(openid: string, templateId: string, answer: Answer): void {
    this.kept[`${openid}|${templateId}`] = answer;
  }

  keptAnswer(openid: string, templateId: string): Answer | undefined {
    return this.kept[`${openid}|${templateId}`];
  }

  /** Everything that a person has decided for good, as wx.getSetting shows it. */
  keptOf(openid: string): Record<string, Answer> {
    const own = Object.entries(this.kept).filter(([key]) => key.startsWith(`${openid}|`));
    return Object.fromEntries(own.map(([key, answer]) => [key.slice(openid.length + 1), answer]));
  }
}
