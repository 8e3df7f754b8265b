import { View } from '@tarojs/components';
import { Icon } from '@/ui/icon';
import './guide.scss';

const SERVICES = [
  { icon: 'bag', text: '留货调货' },
  { icon: 'ruler', text: '量尺码' },
  { icon: 'heart', text: '配一身' },
  { icon: 'store', text: '到店先备好' },
] as const;

/** What a guide is good for, and what a guide cannot see. */
export function WhatGuideDoes() {
  return (
    <View className="card">
      <View className="card-title">TA 能为你做什么</View>
      <View className="guide-services">
        {SERVICES.map(({ icon, text }) => (
          <View key={text} className="guide-service">
            <View className="guide-service-icon">
              <Icon name={icon} />
            </View>
            {text}
          </View>
        ))}
      </View>
      <View className="small soft">TA 只能看到你在雪岭的购买和浏览，不会看到你的微信聊天。</View>
    </View>
  );
}
