export default definePageConfig({ navigationBarTitleText: '导购送你一张券' });
