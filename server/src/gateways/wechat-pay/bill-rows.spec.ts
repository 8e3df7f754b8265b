import { describe, expect, it } from '@jest/globals';
import { BillFormatError } from './bill-parser.js';
import { parseFundFlowBill, parseSplitBill, parseTradeBill } from './bill-rows.js';

const TRADE_HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const trade = (over: { name?: string; sub?: string; fee?: string; order?: string } = {}) =>
  `\`2026-11-21 13:51:31,\`wx1,\`1900000100,\`${over.sub ?? '1600000001'},\`,\`4200,\`T1,\`oA,\`JSAPI,\`SUCCESS,\`OTHERS,\`CNY,\`0.01,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`${over.name ?? '名称'},\`,\`${over.fee ?? '0.00000'},\`0.60%,\`${over.order ?? '0.01'},\`0.00,\``;

describe('trade bill', () => {
  it('reads amounts as fen, times as China time, and 0 as none', () => {
    const summary = '总交易单数,应结订单总金额\r\n`1,`0.01';
    const bill = parseTradeBill(
      `\uFEFF${TRADE_HEADER}\r\n${trade({ sub: '0', order: '12345678.90' })}\r\n${summary}\r\n`,
    );
    expect(bill.rows).toHaveLength(1);
    expect(bill.rows[0]).toMatchObject({
      tradedAtMs: Date.parse('2026-11-21T05:51:31Z'),
      subMchid: null,
      refundId: null,
      settledAmount: 1,
      orderAmount: 1_234_567_890,
      fee: 0,
      line: 2,
    });
    expect(bill.summary).toEqual({ 总交易单数: '1', 应结订单总金额: '0.01' });
  });

  it('keeps a comma that a merchant wrote inside a cell', () => {
    const { rows } = parseTradeBill(`${TRADE_HEADER}\n${trade({ name: '羽绒服,红色,XL', fee: '-0.06' })}\n`);
    expect(rows[0]).toMatchObject({ fee: -6, orderAmount: 1 });
  });

  it('reads by header name, whatever the order and number of columns', () => {
    const header = '手续费,交易状态,商户订单号,微信订单号,商户号,交易时间,订单金额,退款成功时间';
    const line = '`0.10,`REFUND,`T1,`42,`19,`2026-11-21 00:00:00,`5.00,`2026-11-21 00:00:01';
    expect(parseTradeBill(`${header}\n${line}`).rows[0]).toMatchObject({
      fee: 10,
      orderAmount: 500,
      settledAmount: null,
    });
  });

  it('refuses a file with a missing column, too many cells, or a bad amount or time', () => {
    expect(() => parseTradeBill('a,b\n')).toThrow('columns are missing');
    expect(() => parseTradeBill(`${TRADE_HEADER}\n${trade()},\`x`)).toThrow(BillFormatError);
    expect(() => parseTradeBill(`${TRADE_HEADER}\n${trade({ order: '1e2' })}`)).toThrow('订单金额 is not an amount');
    expect(() => parseTradeBill(`${TRADE_HEADER}\n${trade().replace('2026-11-21 13', '2026-13-21 13')}`)).toThrow(
      'is not a time',
    );
  });
});

describe('fund-flow and split bills', () => {
  it('signs spending, whatever brackets the unit stands in', () => {
    for (const [open, close] of ['()', '（）']) {
      const header = `记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额${open}元${close},账户结余${open}元${close},资金变更提交申请人,备注,业务凭证号`;
      const line = '`2026-11-21 04:21:23,`5000,`1900,`退款,`退款,`支出,`0.02,`0.17,`system,`缺货,不补,`REF1';
      expect(parseFundFlowBill(`${header}\n${line}\n`).rows[0]).toMatchObject({
        amount: -2,
        balance: 17,
        note: '缺货,不补',
      });
    }
  });

  it('reads the join key of a split, with or without the newer column', () => {
    const head =
      '分账时间,分账发起方,分账方,微信订单号,微信分账/回退单号,分账明细单号,商户分账/回退单号,订单金额,分账接收方,金额,业务类型,处理状态';
    const line = '`2026-11-21 10:00:00,`19,`16,`42,`30,`D1,`P1,`1.00,`1900000200,`0.30,`分账,`成功';
    for (const [tail, values] of [
      [',备注', ',`'],
      [',分账描述,备注', ',`品牌,`'],
    ])
      expect(parseSplitBill(`${head}${tail}\n${line}${values}`).rows[0]).toMatchObject({
        detailId: 'D1',
        outNo: 'P1',
        amount: 30,
        orderAmount: 100,
        note: '',
      });
  });
});
