import type { Localized } from '#shared/locale.ts';
import { longSentence, longWord } from './long-text.ts';

export const prose: Localized = {
  en: `### Where requests wait

A [[container]] has limits, and **only** what is inside of them counts. It is *not* a small machine: see \`cgroup.procs\`, or
[the chapter on limits](#/lessons) for more, ~~or nothing~~.

- A list holds lists,
  - and these hold texts.
- Its items keep apart.

1. First the image,
2. then the start.

> A quotation is a voice that is not ours.

\`\`\`yaml
resources:
  limits: { cpu: 500m, memory: 256Mi }
\`\`\`

#### Raw HTML is shown as text

<b>not bold</b>

---`,
  'zh-CN': `### 请求在哪里排队

[[container]]有上限，**只有**上限之内的才算数。它*不是*一台小机器：参见 \`cgroup.procs\`，更多内容见[关于上限的一章](#/lessons)，~~或者什么也不看~~。

- 列表里可以有列表，
  - 里层的列表里是文字。
- 各项之间留有空隙。

1. 先有镜像，
2. 再启动。

> 引文是别人说的话。

\`\`\`yaml
resources:
  limits: { cpu: 500m, memory: 256Mi }
\`\`\`

#### 原始 HTML 按文字显示

<b>不加粗</b>

---`,
};

export const table: Localized = {
  en: `| | VM | Container | Function |
|---|:--|--:|:-:|
| Start | minutes | seconds | below a second |
| Isolation | hardware | kernel | hidden from you |`,
  'zh-CN': `| | 虚拟机 | 容器 | 函数 |
|---|:--|--:|:-:|
| 启动 | 数分钟 | 数秒 | 不到一秒 |
| 隔离 | 硬件 | 内核 | 对你不可见 |`,
};

export const callouts: Localized = {
  en: `:::note Why it matters
Limits are what keeps a neighbour quiet.
:::

:::example
40 requests per second × 20 ms = 0.8 cores.
:::

:::interview What they ask next
And with ten times the traffic?
:::`,
  'zh-CN': `:::note 为什么重要
有了上限，邻居才安静。
:::

:::example
每秒 40 个请求 × 20 ms = 0.8 个核。
:::

:::interview 接下来会问
流量变成十倍呢？
:::`,
};

const long = (locale: keyof Localized): string => `### ${longWord[locale]}

${longSentence[locale]} [[long-term]] \`${longWord[locale]}\` ${longWord[locale]}

| ${longWord[locale]} | ${longWord[locale]} |
|---|---|
| ${longSentence[locale]} | ${longWord[locale]} |

\`\`\`bash
kubectl rollout status ${longWord[locale]} --timeout=120s --watch=true --namespace=production
\`\`\`

:::note ${longWord[locale]}
${longWord[locale]} ${longSentence[locale]}
:::`;

export const longProse: Localized = { en: long('en'), 'zh-CN': long('zh-CN') };
