import { Form, Input, InputNumber } from 'antd';
import type { ReviewRules } from '../../../lib/types';
import { FormDrawer } from '../../../ui/form-drawer';
import { WaitingDrawer } from '../../../ui/waiting-drawer';
import { useReviewRules, useSetReviewRules } from '../api';
import { readTags, tagsProblem, writeTags } from '../tag-lines';

type Numbers = Omit<ReviewRules, 'tags' | 'rewardCouponTemplateId'>;
type Draft = Numbers & { tagLines: string };

const FIELDS: { name: keyof Numbers; label: string; min: number; max: number; suffix: string; extra?: string }[] = [
  { name: 'rewardPoints', label: '写评价送积分', min: 0, max: 10_000, suffix: '分', extra: '与几颗星无关' },
  { name: 'rewardPicturePoints', label: '带图再送', min: 0, max: 10_000, suffix: '分' },
  { name: 'reviewDays', label: '购买后多少天内可以评', min: 1, max: 180, suffix: '天' },
  { name: 'lowStars', label: '几星及以下要回访', min: 1, max: 3, suffix: '星' },
  { name: 'ticketHours', label: '店长多久内要回访', min: 1, max: 168, suffix: '小时' },
  { name: 'minSample', label: '导购至少几条才显示评分', min: 1, max: 100, suffix: '条' },
];

const rejectWhen = (problem: string | null) => (problem ? Promise.reject(new Error(problem)) : undefined);

/** Headquarters' switches for reviews. The reward knows no stars. */
export function RulesDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const rules = useReviewRules();
  const save = useSetReviewRules();
  const [form] = Form.useForm<Draft>();
  const { data } = rules;
  if (!data) return <WaitingDrawer title="评价规则" isOpen={isOpen} onClose={onClose} query={rules} />;
  return (
    <FormDrawer<Draft>
      title="评价规则"
      isOpen={isOpen}
      onClose={onClose}
      form={form}
      initial={{ ...data, tagLines: writeTags(data.tags) }}
      submitText="保存"
      onSubmit={({ tagLines, ...values }) => save.mutateAsync({ ...data, ...values, tags: readTags(tagLines) })}
      testId="review-rules"
    >
      {FIELDS.map(({ name, label, min, max, suffix, extra }) => (
        <Form.Item key={name} name={name} label={label} extra={extra}>
          <InputNumber min={min} max={max} precision={0} suffix={suffix} style={{ width: 160 }} />
        </Form.Item>
      ))}
      <Form.Item
        name="tagLines"
        label="评价标签"
        extra="一行一个：标签，冒号，再写哪些词算提到它。「不保暖」这样的否定不算。改过以后对新的评价生效"
        rules={[{ validator: async (_, text: string) => rejectWhen(tagsProblem(text ?? '')) }]}
      >
        <Input.TextArea autoSize={{ minRows: 6, maxRows: 14 }} data-testid="review-tag-lines" />
      </Form.Item>
    </FormDrawer>
  );
}
