/** A command block of a guide, with what the guide says that it prints. */
export interface GuideBlock {
  readonly commands: string
  /** Undefined: nothing is said of it. */
  readonly output?: string
}

const BLOCK = /^```(sh|text)\n([\s\S]*?)^```$/gm

/** What a guide has people run, in order: its `sh` blocks, each with the `text` block that follows it. `console` blocks are not run. */
export function blocksOf(markdown: string): readonly GuideBlock[] {
  const blocks: { commands: string; output?: string }[] = []
  for (const [, kind, text = ''] of markdown.matchAll(BLOCK)) {
    const last = blocks.at(-1)
    if (kind === 'sh') blocks.push({ commands: text })
    else if (last) last.output = text
  }
  return blocks
}
