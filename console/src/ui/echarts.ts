import { LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

// SVG stays sharp on paper and in a zoomed window; our charts are small.
use([LineChart, SankeyChart, GridComponent, TooltipComponent, SVGRenderer]);

export { init };
