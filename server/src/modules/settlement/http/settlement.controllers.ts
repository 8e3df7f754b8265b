import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { InvariantMonitor, type InvariantResult } from '../../../platform/invariants/monitor.js';
import { SplitRules } from '../application/rules.js';
import { SplitQueries } from '../application/split-queries.js';
import { StatementLife } from '../application/statement-life.js';
import { Statements } from '../application/statements.js';
import type { LineRef } from '../persistence/statement.store.js';

/** Splits and their rules at the desk. */
@Controller()
export class SplitsController {
  constructor(
    @Inject(SplitQueries) private readonly splits: SplitQueries,
    @Inject(SplitRules) private readonly rules: SplitRules,
  ) {}

  @Contract(consoleRoutes.splits)
  list(@Who() actor: Actor, @Given() { query }: In<typeof consoleRoutes.splits>): Out<typeof consoleRoutes.splits> {
    return this.splits.list(actor, query);
  }

  @Contract(consoleRoutes.orderSplit)
  ofOrder(
    @Who() actor: Actor,
    @Given() { params }: In<typeof consoleRoutes.orderSplit>,
  ): Out<typeof consoleRoutes.orderSplit> {
    return this.splits.ofOrder(actor, params.id as Id);
  }

  @Contract(consoleRoutes.splitRules)
  versions(@Who() actor: Actor): Out<typeof consoleRoutes.splitRules> {
    return this.rules.list(actor.brandId);
  }

  @Contract(consoleRoutes.createSplitRule)
  draft(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.createSplitRule>,
  ): Out<typeof consoleRoutes.createSplitRule> {
    return this.rules.draft(actor, body);
  }

  @Contract(consoleRoutes.checkSplitRule)
  async check(@Given() { body }: In<typeof consoleRoutes.checkSplitRule>): Out<typeof consoleRoutes.checkSplitRule> {
    return this.rules.check(body);
  }

  @Contract(consoleRoutes.publishSplitRule)
  publish(
    @Who() actor: Desk,
    @Given() { params }: In<typeof consoleRoutes.publishSplitRule>,
  ): Out<typeof consoleRoutes.publishSplitRule> {
    return this.rules.publish(actor, params.version);
  }
}

/** Statements and their proof. */
@Controller()
export class StatementsController {
  constructor(
    @Inject(Statements) private readonly statements: Statements,
    @Inject(StatementLife) private readonly life: StatementLife,
  ) {}

  @Contract(consoleRoutes.statements)
  list(
    @Who() actor: Actor,
    @Given() { query }: In<typeof consoleRoutes.statements>,
  ): Out<typeof consoleRoutes.statements> {
    return this.statements.list(actor, query);
  }

  @Contract(consoleRoutes.statement)
  one(
    @Who() actor: Actor,
    @Given() { params }: In<typeof consoleRoutes.statement>,
  ): Out<typeof consoleRoutes.statement> {
    return this.statements.detail(actor, params.franchiseeId as Id<'franchisee'>, params.day);
  }

  @Contract(consoleRoutes.proof)
  proof(@Who() actor: Actor, @Given() { params }: In<typeof consoleRoutes.proof>): Out<typeof consoleRoutes.proof> {
    return this.statements.proof(actor, params.franchiseeId as Id<'franchisee'>, params.day);
  }

  @Contract(consoleRoutes.confirmStatement)
  confirm(
    @Who() actor: Actor,
    @Given() { params }: In<typeof consoleRoutes.confirmStatement>,
  ): Out<typeof consoleRoutes.confirmStatement> {
    return this.life.act(actor as Desk, params.franchiseeId as Id<'franchisee'>, params.day, {
      act: 'CONFIRM',
    });
  }

  @Contract(consoleRoutes.withdrawStatement)
  withdraw(
    @Who() actor: Actor,
    @Given() { params }: In<typeof consoleRoutes.withdrawStatement>,
  ): Out<typeof consoleRoutes.withdrawStatement> {
    return this.life.act(actor as Desk, params.franchiseeId as Id<'franchisee'>, params.day, { act: 'WITHDRAW' });
  }

  @Contract(consoleRoutes.disputeStatement)
  dispute(
    @Who() actor: Actor,
    @Given() { params, body }: In<typeof consoleRoutes.disputeStatement>,
  ): Out<typeof consoleRoutes.disputeStatement> {
    return this.life.act(actor as Desk, params.franchiseeId as Id<'franchisee'>, params.day, {
      act: 'DISPUTE',
      note: body.note,
      ...(body.lines ? { lines: body.lines as LineRef[] } : {}),
    });
  }

  @Contract(consoleRoutes.answerStatement)
  answer(
    @Who() actor: Actor,
    @Given() { params, body }: In<typeof consoleRoutes.answerStatement>,
  ): Out<typeof consoleRoutes.answerStatement> {
    return this.life.act(actor as Desk, params.franchiseeId as Id<'franchisee'>, params.day, {
      act: 'ANSWER',
      note: body.note,
      ...(body.line ? { line: body.line as LineRef } : {}),
    });
  }
}

const view = (result: InvariantResult) => ({ ...result, checkedAt: result.checkedAt?.toISOString() ?? null });

/** "Are the books balanced?", for headquarters and franchisees alike. */
@Controller()
export class InvariantsController {
  constructor(@Inject(InvariantMonitor) private readonly monitor: InvariantMonitor) {}

  /** Franchisees see whether a promise holds; the rows of a broken one may name other people's orders. */
  @Contract(consoleRoutes.invariants)
  async last(@Who() actor: Actor): Out<typeof consoleRoutes.invariants> {
    const results = await this.monitor.last(actor.brandId);
    return results.map((result) => view(actor.kind === 'hq' ? result : { ...result, rows: [] }));
  }

  @Contract(consoleRoutes.runInvariants)
  async run(@Who() actor: Actor): Out<typeof consoleRoutes.runInvariants> {
    return (await this.monitor.run(actor.brandId)).map(view);
  }
}
