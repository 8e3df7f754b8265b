import { Readable } from 'node:stream';
import { Controller, Get, Header, Inject, Param, StreamableFile } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { MyRecord, PastConsents } from '../../members/index.js';
import { ChangeGuide } from '../application/change-guide.js';
import { ExportData } from '../application/export-data.js';
import { Leave } from '../application/leave.js';
import { MyDataPage } from '../application/my-data-page.js';

type M = typeof mallRoutes;

/** My data: the consumer's rights over it. */
@Controller()
export class MallMyDataController {
  constructor(
    @Inject(MyDataPage) private readonly page: MyDataPage,
    @Inject(MyRecord) private readonly record: MyRecord,
    @Inject(ChangeGuide) private readonly changing: ChangeGuide,
    @Inject(ExportData) private readonly exporting: ExportData,
    @Inject(Leave) private readonly leave: Leave,
    @Inject(PastConsents) private readonly pastConsents: PastConsents,
  ) {}

  @Contract(mallRoutes.myData)
  myData(@Who() actor: Actor): Out<M['myData']> {
    return this.page.read(actor as Consumer);
  }

  @Contract(mallRoutes.dataAccesses)
  accesses(@Who() actor: Actor, @Given() input: In<M['dataAccesses']>): Out<M['dataAccesses']> {
    return this.page.accesses(actor as Consumer, input.query);
  }

  @Contract(mallRoutes.setPersonalised)
  async setPersonalised(@Who() actor: Actor, @Given() input: In<M['setPersonalised']>): Out<M['setPersonalised']> {
    await this.record.setPersonalised(actor as Consumer, input.body.isOn);
    return { isPersonalised: input.body.isOn };
  }

  @Contract(mallRoutes.setConsent)
  setConsent(@Who() actor: Actor, @Given() input: In<M['setConsent']>): Out<M['setConsent']> {
    return this.page.setConsent(actor as Consumer, { purpose: input.params.purpose, ...input.body });
  }

  @Contract(mallRoutes.consentHistory)
  consentHistory(@Who() actor: Actor, @Given() input: In<M['consentHistory']>): Out<M['consentHistory']> {
    const { brandId, memberId } = actor as Consumer;
    return this.pastConsents.at(brandId, memberId, input.query.at);
  }

  @Contract(mallRoutes.removeMyTag)
  removeMyTag(@Who() actor: Actor, @Given() input: In<M['removeMyTag']>): Out<M['removeMyTag']> {
    return this.page.removeTag(actor as Consumer, input.params.id);
  }

  @Contract(mallRoutes.setRealName)
  setRealName(@Who() actor: Actor, @Given() input: In<M['setRealName']>): Out<M['setRealName']> {
    return this.record.setPerson(actor as Consumer, input.body);
  }

  @Contract(mallRoutes.guideChoices)
  guideChoices(@Who() actor: Actor, @Given() input: In<M['guideChoices']>): Out<M['guideChoices']> {
    return this.changing.choices(actor as Consumer, input.query.storeId);
  }

  @Contract(mallRoutes.changeGuide)
  changeGuide(@Who() actor: Actor, @Given() input: In<M['changeGuide']>): Out<M['changeGuide']> {
    return this.changing.ask(actor as Consumer, input.body, input.idempotencyKey);
  }

  @Contract(mallRoutes.withdrawGuideChange)
  withdraw(@Who() actor: Actor, @Given() input: In<M['withdrawGuideChange']>): Out<M['withdrawGuideChange']> {
    return this.changing.withdraw(actor as Consumer, input.params.id);
  }

  @Contract(mallRoutes.exportMyData)
  exportMyData(@Who() actor: Actor): Out<M['exportMyData']> {
    return this.exporting.make(actor as Consumer);
  }

  @Contract(mallRoutes.dataExports)
  dataExports(@Who() actor: Actor): Out<M['dataExports']> {
    return this.exporting.list(actor as Consumer);
  }

  /** The file itself: whoever has the link may read it until it ends, so no session is asked for. */
  @Get('/api/m/my-data/file/:key')
  @Header('cache-control', 'no-store')
  async file(@Param('key') key: string): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.exporting.open(key)), {
      type: 'application/jsonl; charset=utf-8',
      disposition: 'attachment; filename="my-data.jsonl"',
    });
  }

  @Contract(mallRoutes.deletionPreview)
  deletionPreview(@Who() actor: Actor): Out<M['deletionPreview']> {
    return this.leave.preview(actor as Consumer);
  }

  @Contract(mallRoutes.deleteAccount)
  async deleteAccount(@Who() actor: Actor, @Given() input: In<M['deleteAccount']>): Out<M['deleteAccount']> {
    await this.leave.run(actor as Consumer, input.body.token, input.body.confirmed);
    return { ok: true, text: '账号已注销。以后再来，就是新的开始。' };
  }
}
