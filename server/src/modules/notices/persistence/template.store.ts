import type { NoticeKind } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { NoticeField } from '../domain/notice-fields.js';

export interface MappedKeyword {
  key: string;
  label: string;
  field: NoticeField;
}

/** Which of the brand's templates says a kind of message. */
export interface NoticeTemplate {
  kind: NoticeKind;
  templateId: string;
  title: string;
  isLasting: boolean;
  keywords: MappedKeyword[];
  isOn: boolean;
  problem: string | null;
  isPaused: boolean;
  updatedAt: Date;
  updatedBy: string;
}

type Row = Record<string, unknown>;

/** All SQL about templates. */
export class TemplateStore {
  async all(on: Queryable, brandId: BrandId): Promise<NoticeTemplate[]> {
    const rows = await on.query<Row>('SELECT * FROM notice_template WHERE brand_id = ?', [brandId]);
    return rows.map((row) => ({
      kind: row['kind'] as NoticeKind,
      templateId: row['template_id'] as string,
      title: row['title'] as string,
      isLasting: Number(row['is_lasting']) === 1,
      keywords: JSON.parse(row['keywords'] as string) as MappedKeyword[],
      isOn: Number(row['is_on']) === 1,
      problem: row['problem'] as string | null,
      isPaused: Number(row['is_paused']) === 1,
      updatedAt: row['updated_at'] as Date,
      updatedBy: row['updated_by'] as string,
    }));
  }

  /** Saving clears what WeChat had against it. */
  async save(
    tx: Tx,
    brandId: BrandId,
    one: Pick<NoticeTemplate, 'kind' | 'templateId' | 'title' | 'isLasting' | 'keywords' | 'isOn' | 'updatedBy'>,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO notice_template (brand_id, kind, template_id, title, is_lasting, keywords, is_on, problem, is_paused, updated_at, updated_by)
       VALUES (?,?,?,?,?,?,?,NULL,0,?,?)
       ON DUPLICATE KEY UPDATE template_id = VALUES(template_id), title = VALUES(title), is_lasting = VALUES(is_lasting), keywords = VALUES(keywords),
         is_on = VALUES(is_on), problem = NULL, is_paused = 0, updated_at = VALUES(updated_at), updated_by = VALUES(updated_by)`,
      [
        ...[brandId, one.kind, one.templateId, one.title.slice(0, 60), one.isLasting ? 1 : 0],
        ...[JSON.stringify(one.keywords), one.isOn ? 1 : 0, tx.now, one.updatedBy],
      ],
    );
  }

  /** Notes what WeChat had against a template, unless another one was chosen meanwhile. */
  async note(tx: Tx, brandId: BrandId, templateId: string, problem: string, pauses: boolean): Promise<void> {
    await tx.execute(
      `UPDATE notice_template SET problem = ?, is_paused = ${pauses ? '1' : 'is_paused'} WHERE brand_id = ? AND template_id = ?`,
      [problem, brandId, templateId],
    );
  }
}
