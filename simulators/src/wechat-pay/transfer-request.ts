import { invalid, paramError } from './errors.js';
import { URL_PATTERN } from './order-fields.js';
import type { Call } from './route.js';
import { type Fields, int, must, str } from './validate.js';

/** What each scene must report, word for word (reference: section 6.1). */
const SCENES: Record<string, string[]> = {
  '1000': ['活动名称', '奖励说明'],
  '1002': ['补贴类型'],
  '1005': ['岗位类型', '报酬说明'],
  '1009': ['采购商品名称'],
  '1010': ['回收商品名称'],
  '1011': ['赔付原因'],
  '1013': ['补助类型'],
};
const SMALLEST_FEN = 10;
/** What a transfer is asked for with (reference: section 6.1). */
export const CREATE: Fields = {
  appid: must(str(32)),
  out_bill_no: must(str(32, { pattern: /^[0-9A-Za-z]+$/ })),
  transfer_scene_id: must(str(36)),
  openid: must(str(64)),
  user_name: str(1024),
  transfer_amount: must(int({ min: SMALLEST_FEN, label: '转账金额' })),
  transfer_remark: must(str(32)),
  notify_url: str(256, { pattern: URL_PATTERN }),
  user_recv_perception: str(64),
  transfer_scene_report_infos: must({
    type: 'array',
    item: { type: 'object', fields: { info_type: must(str(15)), info_content: must(str(32)) } },
  }),
  user_recv_style: {
    type: 'object',
    fields: { type: must(str(32, { enum: ['CONFIRM_PAGE', 'RED_PACKET'] })) },
  },
};

/** @throws PayError when the report is not what the scene wants */
export function checkScene(body: Call['body']): void {
  const wanted = SCENES[body.transfer_scene_id];
  if (!wanted) throw invalid('转账场景ID不存在或未开通');
  const given = (body.transfer_scene_report_infos as Array<{ info_type: string }>).map((info) => info.info_type);
  if (wanted.length !== given.length || !wanted.every((name) => given.includes(name))) {
    throw paramError('需传入转账场景报备信息', {
      location: 'body',
      field: '/transfer_scene_report_infos',
      value: given,
    });
  }
}
