export default definePageConfig({ navigationBarTitleText: '评价门店购买' });
