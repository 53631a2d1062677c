import { shellWord } from '../text/shell-word.ts'

/**
 * Something that one comes to a page for, and how it is done there. In the texts, `code` stands between backticks, and
 * words that the page itself has are **marked**.
 */
export interface HelpTask {
  readonly what: string
  /** One paragraph, or steps in their order. */
  readonly how: string | readonly string[]
}

/** A command for a shell, whole as it can be pasted. */
export interface HelpCommand {
  /** What it does, in a few words. */
  readonly does: string
  readonly text: string
}

/** A part of the documentation. */
export interface DocsLink {
  readonly text: string
  /** A file below `docs/` without its ending: `guides/connect-a-device`. */
  readonly file: string
  /** A heading in it, as its address has it: `the-steps`. */
  readonly heading?: string
}

/**
 * What the help panel says of a page. `Params` are those of the page's address: commands name what the page is about.
 */
export interface PageHelp<Params extends object = object> {
  /** Of what, as the page calls it. */
  readonly title: string
  /** What the page is for. */
  readonly about: string
  readonly tasks: readonly HelpTask[]
  /** Words of the page and what they mean. */
  readonly terms?: Readonly<Record<string, string>>
  /** When the page is empty, refused or not as expected, and what to do then. */
  readonly trouble: Readonly<Record<string, string>>
  /** The same with the AWS CLI. */
  readonly commands?: (params: Params) => readonly HelpCommand[]
  readonly links: readonly DocsLink[]
}

/** Where a part of the documentation is found: `/docs/guides/connect-a-device/#the-steps`. */
export const docsAddress = ({ file, heading }: Pick<DocsLink, 'file' | 'heading'>): string =>
  `/docs/${file}/${heading === undefined ? '' : `#${heading}`}`

/** A command for a shell, in which each value is one word whatever it holds. */
export const shell = (texts: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw({ raw: texts }, ...values.map(shellWord))
