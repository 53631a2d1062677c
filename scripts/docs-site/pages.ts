import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Markdown, readMarkdown } from './markdown.ts'

/** A page of the documentation: one Markdown file of the project. */
export interface Page extends Markdown {
  /** From the root of the project: `docs/guides/connect-a-device.md`. */
  readonly file: string
  /** Below the console's origin: `/docs/guides/connect-a-device/`. */
  readonly address: string
  readonly section: Section
}

/** Sections of the navigation from the top down, each with the files that are of it in the order in which they are read. */
const SECTIONS = {
  'Begin here': ['docs/README.md', 'README.md', 'docs/features.md'],
  Guides: ['docs/guides/first-device.md', 'docs/guides/*.md'],
  Running: ['docs/local.md', 'docs/aws.md', 'docs/*.md'],
  Reference: ['docs/reference/configuration.md', 'docs/reference/*.md'],
  Inside: ['docs/architecture.md', 'docs/security.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  Decisions: ['docs/decisions/*.md'],
} as const satisfies Record<string, readonly string[]>

export type Section = keyof typeof SECTIONS

/** Where files of the root are, whose names say it less well. */
const ADDRESSES: Readonly<Record<string, string>> = {
  'docs/README.md': '/docs/',
  'SECURITY.md': '/docs/security-policy/',
}

function addressOf(file: string): string {
  return (
    ADDRESSES[file] ??
    `/docs/${file
      .replace(/^docs\//, '')
      .replace(/\.md$/, '')
      .toLowerCase()}/`
  )
}

/** Every page in the order of the navigation. A file that several sections could have is in the one that names it, or the first. */
export function documentationPages(root: string): readonly Page[] {
  const entries = Object.entries(SECTIONS) as [Section, readonly string[]][]
  const named = new Set(entries.flatMap(([, patterns]) => patterns.filter((pattern) => !pattern.includes('*'))))
  const seen = new Set<string>()
  const pages: Page[] = []
  for (const [section, patterns] of entries) {
    for (const pattern of patterns) {
      for (const file of globSync(pattern, { cwd: root }).sort()) {
        if (seen.has(file) || (pattern !== file && named.has(file))) continue
        seen.add(file)
        const markdown = readMarkdown(readFileSync(join(root, file), 'utf8'))
        pages.push({ file, address: addressOf(file), section, ...markdown })
      }
    }
  }
  return pages
}
