import { Text } from '@tarojs/components';

export interface IconProps {
  name: string;
  size?: 14 | 16 | 20 | 24 | 44;
  className?: string;
}

/** Decoration beside words; screen readers read the words. */
export function Icon({ name, size = 20, className = '' }: IconProps) {
  return <Text className={`icon icon-${name} icon-${size} ${className}`} aria-hidden />;
}
