export default definePageConfig({ navigationBarTitleText: '导购名片' });
