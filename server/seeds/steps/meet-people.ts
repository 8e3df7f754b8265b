import { ApiError } from '@shuke/shared/api';
import type { Actors } from './actors.js';
import { refusalText, until } from './actors.js';
import { guideCodeOf } from './found-brand.js';
import { PERSONAS, type Persona } from './personas.js';
import { mapAtMost, type SeedContext } from './seed-context.js';

/** What guides noticed about their customers: group, tag, and what they saw or heard. */
const NOTES: Record<string, readonly (readonly [group: string, tag: string, evidence: string])[]> = {
  lin: [
    ['在意什么', '怕冷', '说骑车上班手总是冰的'],
    ['身形', '标准身形', '试过 M 码，肩刚好'],
  ],
  chen: [['穿着场景', '通勤', '地铁通勤，只要轻的']],
  zhou: [['家里人', '有小朋友', '女儿六岁，今年穿 120']],
  gu: [['穿着场景', '出差', '每周往返北京']],
  shen: [['关系', '老朋友', '连着三年冬天都来']],
  liang: [['穿着场景', '滑雪', '办了崇礼的季卡']],
  luo: [['偏好颜色', '亮色', '上回挑了炉火橘']],
  tong: [['在意什么', '怕冷', '跑夜车，零下二十度']],
  mei: [['关系', '老朋友', '花店就在隔壁，常来坐']],
  jiang: [['在意什么', '怕冷', '晚自习骑车回家']],
  min: [['偏好颜色', '亮色', '只看短款，要亮的']],
};
/** These keep their phone number to themselves. */
const WITHOUT_PHONE = new Set(['song', 'he']);

/** Everybody opens the mall for the first time, shares a phone number, and adds their guides in WeCom. */
export async function meetPeople(context: SeedContext, actors: Actors): Promise<void> {
  await mapAtMost(4, PERSONAS, async (persona) => {
    const api = await actors.consumer(persona.key);
    if (!WITHOUT_PHONE.has(persona.key)) {
      const { code } = await actors.control<{ code: string }>('miniapp/code', { kind: 'phone', consumer: persona.key });
      await api.mall.phone({ body: { code } });
    }
    for (const userid of persona.guides) await addGuide(actors, persona, userid);
  });
  await mapAtMost(4, PERSONAS, (persona) => takeNotes(context, actors, persona));
}

async function addGuide(actors: Actors, { key, guides }: Persona, userid: string): Promise<void> {
  const contact = { userid, consumer: key, state: `g_${guideCodeOf(userid)}` };
  await actors.control('wecom/human/add-contact?wait=0', contact);
  if (userid !== guides[0]) return;
  const api = await actors.consumer(key);
  await until(`${key} has a guide`, async () => ((await api.mall.me()).guide ? true : null));
}

async function takeNotes(context: SeedContext, actors: Actors, { key, guides }: Persona): Promise<void> {
  const notes = NOTES[key] ?? [];
  const person = context.people.consumers.find((one) => one.key === key);
  if (notes.length === 0 || !person) return;
  const api = await actors.guide(guides[0] ?? '');
  const library = await api.guide.tagLibrary();
  for (const [group, name, evidence] of notes) {
    const tag = library.find(({ groupName }) => groupName === group)?.tags.find((one) => one.name === name);
    if (!tag) throw new Error(`no tag ${group}/${name}`);
    const params = { externalUserId: person.externalUserid };
    await api.guide.addTag({ params, body: { tagId: tag.id, evidence } }).catch((error: unknown) => {
      if (error instanceof ApiError) context.say(`note about ${key}: ${refusalText(error)}`);
      else throw error;
    });
  }
}
