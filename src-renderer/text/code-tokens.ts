import { common, createLowlight } from 'lowlight';

/** A piece of code with what it is: `keyword`, `string`, `comment` and so on; '' for what is nothing in particular. */
export interface CodePiece {
  readonly text: string;
  readonly kind: string;
}

const lowlight = createLowlight(common);
// What fences are called here besides the names of highlight.js.
lowlight.registerAlias({ dockerfile: ['docker'], bash: ['sh', 'shell'] });

type Node = ReturnType<typeof lowlight.highlight>['children'][number];

function pieces(node: Node, kind: string): CodePiece[] {
  if (node.type === 'text') return [{ text: node.value, kind }];
  if (node.type !== 'element') return [];
  const names = node.properties['className'];
  const own = (Array.isArray(names) ? String(names[0] ?? '') : '').replace(/^hljs-/, '');
  return node.children.flatMap((child) => pieces(child as Node, own || kind));
}

/** Code as pieces to be coloured. Code in a language that is not known is one piece. */
export function codePieces(code: string, language: string): readonly CodePiece[] {
  if (!lowlight.registered(language)) return [{ text: code, kind: '' }];
  return lowlight.highlight(language, code).children.flatMap((node) => pieces(node, ''));
}
