import type { SharedView, ViewContent } from '@thingdeck/contract'
import { createPersonalPreference, type Preference } from '../preferences/preferences.ts'

/** What a page shows, under a name. */
export interface SavedView<Content> {
  readonly name: string
  readonly content: Content
}

export type SharedViewOf<Content> = SharedView & { readonly content: Content }

/** The views of one page. */
export interface ViewKind<Content extends ViewContent> {
  /** A person's own, in this browser. */
  readonly own: Preference<readonly SavedView<Content>[]>
  /** Whether it is of this page and not of another. */
  readonly isContent: (content: ViewContent) => content is Content
  /** `dt/#, cmd/# · alarm` */
  readonly summaryOf: (content: Content) => string
  /** What is kept, as it follows a verb: `subscriptions and filter`. */
  readonly what: string
}

/** @param readContent of what this browser has stored; undefined for what is none */
export const ownViews = <Content>(name: string, readContent: (stored: unknown) => Content | undefined) =>
  createPersonalPreference<readonly SavedView<Content>[]>(name, (stored) =>
    Array.isArray(stored) ? stored.flatMap((each) => readView(each, readContent)) : [],
  )

function readView<Content>(
  stored: unknown,
  readContent: (stored: unknown) => Content | undefined,
): SavedView<Content>[] {
  if (typeof stored !== 'object' || stored === null || !('name' in stored)) return []
  const { name } = stored
  const content = readContent('content' in stored ? stored.content : stored)
  return typeof name !== 'string' || name === '' || content === undefined ? [] : [{ name, content }]
}

/** With one more, in place of one of the same name. In the order of their names. */
export const withView = <Content>(
  views: readonly SavedView<Content>[],
  view: SavedView<Content>,
): readonly SavedView<Content>[] =>
  [...views.filter(({ name }) => name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name))
