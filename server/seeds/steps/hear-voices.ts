import type { Api } from '@shuke/shared/api';
import { drawPhoto } from '../demo/draw-photo.js';
import { seedOf } from '../demo/random.js';
import { type Actors, attempt, pause } from './actors.js';
import { PERSONAS } from './personas.js';
import { asStep, type SeedContext } from './seed-context.js';

interface Voice {
  stars: number;
  text: string;
  photos: number;
}

const VOICES: readonly Voice[] = [
  { stars: 5, text: '零下十几度穿它等公交，里面一件薄毛衣就够。袖口收得紧，不灌风。', photos: 2 },
  { stars: 5, text: '颜色比照片里还沉一点，很耐看。导购提醒我拿大一码，果然正好。', photos: 1 },
  { stars: 4, text: '很轻，塞进背包也不占地方。拉链头小了点，戴手套不好拉。', photos: 1 },
  { stars: 5, text: '给妈妈买的，她说像盖着被子出门。', photos: 0 },
  { stars: 3, text: '保暖没话说，就是帽子的绳子偏长，走路会晃。', photos: 1 },
  { stars: 2, text: '穿了一周腋下有点跑绒，已经联系门店了。', photos: 2 },
  { stars: 5, text: '雨夹雪里走了半小时，肩膀没湿。', photos: 0 },
  { stars: 4, text: '版型偏宽松，显得人有点圆，不过暖和最重要。', photos: 3 },
];
/** The history of the old tills is of other goods than ours: what is said of those fits anything. */
const PLAIN_VOICES: readonly Voice[] = [
  { stars: 5, text: '包得很仔细，送人正合适。', photos: 0 },
  { stars: 4, text: '和店里看到的一样，结账排了一会儿队。', photos: 0 },
  { stars: 5, text: '第二次买了，家里人都喜欢。', photos: 0 },
];
/** So that tickets of low scores are certain to be there: what these people think, and in whose stores they bought. */
const UNHAPPY: Readonly<Record<string, Voice & { store: string }>> = {
  chen: { store: '湖滨店', stars: 2, text: '袖口的线头开了一截，洗之前就这样，希望能帮我看看。', photos: 1 },
  zhou: { store: '龙翔里店', stars: 1, text: '收到的和选的颜色不一样，打电话一直没人接。', photos: 1 },
};
const SERVICE = ['把三件都拿出来让我慢慢试，不催', '尺码建议很准', '那天人多，等了一会儿，态度很好', '讲清楚了怎么洗'];

interface Open {
  api: Api;
  key: string;
  order: { id: string; storeId: string; state: string; lines: { id: string; qty: number; refundedQty: number }[] };
}

async function review(actors: Actors, key: string): Promise<void> {
  await actors.visit(key);
  const api = await actors.consumer(key);
  const { items } = await api.mall.reviewable({ query: { limit: 20 } });
  const isOurs = ({ lines: [line] }: (typeof items)[number]) => typeof line?.productId === 'string';
  const purchases = [...items.filter(isOurs), ...items.filter((one) => !isOurs(one))].slice(0, 3);
  const complaint = UNHAPPY[key];
  const bad = purchases.find((one) => isOurs(one) && complaint && one.storeName.endsWith(complaint.store));
  for (const [at, purchase] of purchases.entries()) {
    const hash = seedOf(`${key}-${purchase.orderNo}`);
    const voices = isOurs(purchase) ? VOICES : PLAIN_VOICES;
    const unhappy = purchase === bad ? complaint : undefined;
    const voice = unhappy ?? (voices[hash % voices.length] as Voice);
    const [line] = purchase.lines;
    const isAnonymous = !unhappy && hash % 5 === 0;
    if (line) {
      const pictureIds: string[] = [];
      for (let photo = 0; photo < voice.photos; photo += 1) {
        const body = { purpose: 'REVIEW' as const, dataBase64: drawPhoto(hash + photo) };
        pictureIds.push((await api.mall.uploadPicture({ body })).id);
      }
      const { stars, text } = voice;
      await api.mall.addReview({
        body: { orderId: purchase.orderId, lineId: line.lineId, stars, text, pictureIds, isAnonymous },
        idempotencyKey: `demo-review-${purchase.orderId}`,
      });
    }
    if (purchase.service && at < 2) {
      const low = hash % 11 === 0;
      const text = low ? '人不多也等了快二十分钟，问了两次才有人理' : (SERVICE[hash % SERVICE.length] ?? '');
      const figures = { attitude: low ? 2 : 5, expertise: 4 + (hash % 2), speed: low ? 2 : 4 + ((hash >> 2) % 2) };
      await api.mall.addServiceReview({
        body: { orderId: purchase.orderId, ...figures, text, isAnonymous },
        idempotencyKey: `demo-service-${purchase.orderId}`,
      });
    }
  }
}

async function openOrders(actors: Actors, states: readonly string[]): Promise<Open[]> {
  const found: Open[] = [];
  for (const { key } of PERSONAS) {
    const api = await actors.consumer(key);
    const { items } = await api.mall.orders({ query: { limit: 20 } });
    for (const order of items)
      if (order.channel === 'MINIAPP' && states.includes(order.state)) found.push({ api, key, order });
  }
  return found;
}

type Kind = 'REFUND_ONLY' | 'RETURN_REFUND' | 'EXCHANGE';
async function ask(
  { api, order }: Open,
  kind: Kind,
  reason: 'DOES_NOT_FIT' | 'DAMAGED' | 'CHANGED_MIND',
  text: string,
) {
  const options = await api.mall.afterSaleOptions({ params: { id: order.id } });
  const line = options.lines.find((one) => one.leftQty > 0 && one.skuId !== null);
  if (!line) return null;
  let exchangeSkuId: string | undefined;
  if (kind === 'EXCHANGE' && line.productId) {
    const product = await api.mall.product({ params: { id: line.productId }, query: { storeId: order.storeId } });
    exchangeSkuId = product.skus.find((sku) => sku.id !== line.skuId && sku.available > 0)?.id;
    if (!exchangeSkuId) return null;
  }
  const wish = { kind, lines: [{ lineId: line.lineId, qty: 1 }], reason, ...(exchangeSkuId ? { exchangeSkuId } : {}) };
  const pictureIds: string[] = [];
  if (reason === 'DAMAGED') {
    const body = { purpose: 'AFTER_SALE' as const, dataBase64: drawPhoto(seedOf(order.id)) };
    pictureIds.push((await api.mall.uploadPicture({ body })).id);
  }
  return api.mall.requestAfterSale({
    params: { id: order.id },
    body: { ...wish, text, pictureIds },
    idempotencyKey: `demo-case-${order.id}-${kind}`,
  });
}

/** Cases in every state, so that each screen of both sides has something on it. */
async function returns(context: SeedContext, actors: Actors): Promise<void> {
  const desk = await actors.desk('hq');
  const received = await openOrders(actors, ['RECEIVED']);
  const next = () => received.shift();
  const approve = (id: string) => desk.console.approveAfterSale({ params: { id }, body: {} });
  const play = async (
    what: string,
    kind: Kind,
    reason: Parameters<typeof ask>[2],
    text: string,
    go: (id: string, open: Open) => Promise<unknown>,
  ) => {
    const open = next();
    if (!open) return;
    await attempt(context, what, async () => {
      const made = await ask(open, kind, reason, text);
      if (made) await go(made.id, open);
    });
  };
  const nothing = async () => undefined;
  const parcel = { company: '顺丰速运', trackingNo: 'SF1688123456' };
  await play('a case that waits', 'RETURN_REFUND', 'DOES_NOT_FIT', '肩膀这里有点紧，想退', nothing);
  await play('a case that is agreed', 'RETURN_REFUND', 'DAMAGED', '左边口袋有个小洞', approve);
  await play('a parcel on its way back', 'RETURN_REFUND', 'CHANGED_MIND', '家里人说颜色太素', async (id, { api }) => {
    await approve(id);
    await api.mall.sendBack({ params: { id }, body: parcel });
  });
  await play('a case that is refused', 'RETURN_REFUND', 'CHANGED_MIND', '穿过一次，不太喜欢', (id) =>
    desk.console.refuseAfterSale({ params: { id }, body: { text: '吊牌已剪且有穿着痕迹，可以到店免费清洗一次' } }),
  );
  await play('an exchange', 'EXCHANGE', 'DOES_NOT_FIT', '想换大一码', async (id) => {
    await approve(id);
    await desk.console.receiveAfterSale({ params: { id }, body: {} });
  });
  await play('an exchange that was sent', 'EXCHANGE', 'DOES_NOT_FIT', '这个码偏大，想换一件试试', async (id) => {
    await approve(id);
    await desk.console.receiveAfterSale({ params: { id }, body: {} });
    await desk.console.resendAfterSale({ params: { id }, body: parcel });
  });
  await play('a return that is done', 'RETURN_REFUND', 'DAMAGED', '拉链卡住了', async (id) => {
    await approve(id);
    await desk.console.messageAfterSale({ params: { id }, body: { text: '收到会先帮你检查，抱歉添麻烦了' } });
    await desk.console.receiveAfterSale({ params: { id }, body: {} });
  });
  await play('a case that is withdrawn', 'RETURN_REFUND', 'CHANGED_MIND', '再想想', (id, { api }) =>
    api.mall.cancelAfterSale({ params: { id } }),
  );
}

/** What people say about what they bought, and what they bring back (product.md M6, C5). */
export async function hearVoices(context: SeedContext, actors: Actors): Promise<void> {
  await asStep(context, 'voices', async () => {
    let said = 0;
    for (const { key } of PERSONAS)
      if (await attempt(context, `reviews of ${key}`, () => review(actors, key))) said += 1;
    // The platform answers about pictures a moment later; merchants answer what is shown.
    await pause(3_000);
    const desk = await actors.desk('hq');
    const { items } = await desk.console.reviews({ query: { limit: 50, unansweredOnly: true } });
    for (const one of items.filter((voice) => voice.stars <= 3 || seedOf(voice.id) % 3 === 0))
      await attempt(context, 'a reply', () =>
        desk.console.replyReview({
          params: { id: one.id },
          body: {
            text:
              one.stars <= 3
                ? '谢谢你说得这么细，这件我们拿回去查了，门店会尽快联系你。'
                : '谢谢你的照片，天冷记得把帽子戴上。',
          },
        }),
      );
    await returns(context, actors);
    context.say(`${said} people have said what they think`);
  });
}
