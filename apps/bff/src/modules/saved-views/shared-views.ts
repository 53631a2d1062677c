import { randomUUID } from 'node:crypto'
import { SharedView, type ViewContent } from '@thingdeck/contract'
import Value from 'typebox/value'
import type { Person } from '../../person.ts'
import { Problem } from '../../problem.ts'
import { mayAct } from '../../roles.ts'
import type { Documents } from '../../stores/documents/documents.ts'

/** Of an account. With the longest content that is 5 MB; real ones are 200 bytes. */
export const MOST_VIEWS = 200
const DOCUMENT = 'shared-views'

interface Wanted {
  readonly name: string
  readonly content: ViewContent
}

/** Views that people share: by name, each of somebody. */
export class SharedViews {
  readonly #documents: Documents

  constructor(documents: Documents) {
    this.#documents = documents
  }

  async list(): Promise<SharedView[]> {
    return viewsIn(await this.#documents.read(DOCUMENT)).sort((one, other) => one.name.localeCompare(other.name, 'en'))
  }

  /** @throws {Problem} NAME_TAKEN, TOO_MANY_VIEWS */
  async share(wanted: Wanted, { id, name }: Person): Promise<SharedView> {
    const view = { viewId: randomUUID(), owner: { id, name }, changedAt: new Date().toISOString(), ...wanted }
    await this.#update((views) => {
      checkName(views, view)
      if (views.length >= MOST_VIEWS)
        throw new Problem(
          'TOO_MANY_VIEWS',
          `${MOST_VIEWS} views are shared already: one has to go before another comes.`,
        )
      return [...views, view]
    })
    return view
  }

  /** @throws {Problem} NOT_FOUND, ROLE_REQUIRED, NAME_TAKEN */
  async change(viewId: string, wanted: Wanted, person: Person): Promise<{ before: SharedView; after: SharedView }> {
    let changed: { before: SharedView; after: SharedView } | undefined
    await this.#update((views) => {
      const before = ownIn(views, viewId, person)
      const after = { ...before, ...wanted, changedAt: new Date().toISOString() }
      checkName(views, after)
      changed = { before, after }
      return views.map((view) => (view.viewId === viewId ? after : view))
    })
    if (!changed) throw new Problem('INTERNAL', 'The change was not made.')
    return changed
  }

  /** @throws {Problem} NOT_FOUND, ROLE_REQUIRED */
  async remove(viewId: string, person: Person): Promise<SharedView> {
    let removed: SharedView | undefined
    await this.#update((views) => {
      removed = ownIn(views, viewId, person)
      return views.filter((view) => view.viewId !== viewId)
    })
    if (!removed) throw new Problem('INTERNAL', 'The view was not removed.')
    return removed
  }

  async #update(change: (views: readonly SharedView[]) => readonly SharedView[]): Promise<void> {
    await this.#documents.update(DOCUMENT, (before) => change(viewsIn(before)))
  }
}

/** What is none, of another release say, is left out. */
const viewsIn = (stored: unknown): SharedView[] =>
  Array.isArray(stored) ? stored.filter((view) => Value.Check(SharedView, view)) : []

function ownIn(views: readonly SharedView[], viewId: string, person: Person): SharedView {
  const view = views.find((each) => each.viewId === viewId)
  if (!view) throw new Problem('NOT_FOUND', 'There is no such shared view any more.')
  if (view.owner.id !== person.id && !mayAct(person.role, 'admin'))
    throw new Problem('ROLE_REQUIRED', `${view.name} is shared by ${view.owner.name}: only they and admins change it.`)
  return view
}

function checkName(views: readonly SharedView[], { viewId, name, owner }: SharedView): void {
  const isSame = (view: SharedView) => view.name === name && view.owner.id === owner.id && view.viewId !== viewId
  if (views.some(isSame)) throw new Problem('NAME_TAKEN', `${owner.name} shares a view named ${name} already.`)
}
