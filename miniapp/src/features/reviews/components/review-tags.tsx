import type { ReviewSummary } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import './reviews.scss';

const SHOWN_MAX = 4;

/** On the product's page: what the words of the reviews say most. */
export function ReviewTags({ tags }: { tags: ReviewSummary['tags'] }) {
  if (tags.length === 0) return null;
  return (
    <View className="review-said" data-testid="review-tags">
      {tags.slice(0, SHOWN_MAX).map(({ name, count }) => (
        <Text key={name} className="tag">
          {name} {count}
        </Text>
      ))}
    </View>
  );
}

interface TagFilterProps {
  tags: ReviewSummary['tags'];
  value: string | null;
  onChange(tag: string | null): void;
}

/** Narrows the reviews to those whose words say one thing; a second tap shows all again. */
export function ReviewTagFilter({ tags, value, onChange }: TagFilterProps) {
  if (tags.length === 0) return null;
  return (
    <View className="chips review-tags" data-testid="review-tag-filter">
      {tags.map(({ name, count }) => (
        <View
          key={name}
          className={`chip ${name === value ? 'chip-on' : ''}`}
          role="button"
          aria-pressed={name === value}
          data-testid={`review-tag-${name}`}
          onClick={() => onChange(name === value ? null : name)}
        >
          {name} {count}
        </View>
      ))}
    </View>
  );
}
