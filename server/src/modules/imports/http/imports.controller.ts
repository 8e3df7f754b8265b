import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Actor } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ImportDesk } from '../application/import-desk.js';
import { ReadHead } from '../application/read-head.js';
import { UploadImport } from '../application/upload-import.js';
import type { JobId } from '../domain/import-types.js';

type Hq = Extract<Actor, { kind: 'hq' }>;
const routes = consoleRoutes;

/** Headquarters brings files in. */
@Controller()
export class ImportsController {
  constructor(
    @Inject(ImportDesk) private readonly desk: ImportDesk,
    @Inject(UploadImport) private readonly upload: UploadImport,
    @Inject(ReadHead) private readonly heads: ReadHead,
  ) {}

  @Contract(routes.importJobs)
  page(@Who() actor: Actor, @Given() input: In<typeof routes.importJobs>): Out<typeof routes.importJobs> {
    return this.desk.page(actor.brandId, input.query);
  }

  @Contract(routes.importJob)
  one(@Who() actor: Actor, @Given() input: In<typeof routes.importJob>): Out<typeof routes.importJob> {
    return this.desk.one(actor.brandId, input.params.id as JobId);
  }

  @Contract(routes.openImport)
  open(@Who() actor: Actor, @Given() input: In<typeof routes.openImport>): Out<typeof routes.openImport> {
    return this.upload.open(actor as Hq, input.body);
  }

  @Contract(routes.putImportPart)
  putPart(@Who() actor: Actor, @Given() input: In<typeof routes.putImportPart>): Out<typeof routes.putImportPart> {
    const { id, part } = input.params;
    return this.upload.putPart(actor.brandId, id as JobId, part, Buffer.from(input.body.dataBase64, 'base64'));
  }

  @Contract(routes.importHead)
  head(@Who() actor: Actor, @Given() input: In<typeof routes.importHead>): Out<typeof routes.importHead> {
    return this.heads.run(actor.brandId, input.params.id as JobId);
  }

  @Contract(routes.tryImport)
  check(@Who() actor: Actor, @Given() input: In<typeof routes.tryImport>): Out<typeof routes.tryImport> {
    const { mapping, options } = input.body;
    return this.desk.check(actor as Hq, input.params.id as JobId, mapping, options);
  }

  @Contract(routes.runImport)
  run(@Who() actor: Actor, @Given() input: In<typeof routes.runImport>): Out<typeof routes.runImport> {
    return this.desk.run(actor as Hq, input.params.id as JobId);
  }

  @Contract(routes.importIssues)
  issues(@Who() actor: Actor, @Given() input: In<typeof routes.importIssues>): Out<typeof routes.importIssues> {
    return this.desk.issues(actor.brandId, input.params.id as JobId, input.query);
  }

  @Contract(routes.undoImport)
  undo(@Who() actor: Actor, @Given() input: In<typeof routes.undoImport>): Out<typeof routes.undoImport> {
    return this.desk.undo(actor as Hq, input.params.id as JobId);
  }

  @Contract(routes.dropImport)
  drop(@Who() actor: Actor, @Given() input: In<typeof routes.dropImport>): Out<typeof routes.dropImport> {
    return this.desk.drop(actor as Hq, input.params.id as JobId);
  }
}
