import type { Action } from '../action/action.ts'
import { formatCount } from '../format.ts'
import { paths } from '../paths.ts'

/** Characters of an address. A server takes 16 KB with all that a browser sends beside it. */
const LONGEST_ADDRESS = 8_000

/**
 * Tags of what is selected in a list: in bulk, which says first what would change.
 * @param selected ids of the rows
 * @param arnOf of a row; undefined as long as its page is not loaded
 * @param many `thing groups`
 */
export function tagSelected(
  selected: readonly string[],
  arnOf: (id: string) => string | undefined,
  many: string,
): Action {
  const arns = selected.map(arnOf).filter((arn) => arn !== undefined)
  const href = paths.bulkChanges({ act: 'tags', resources: arns })
  const whyNot =
    selected.length === 0
      ? `Select the ${many} whose tags to change.`
      : arns.length < selected.length
        ? `Some of the selected ${many} are not loaded: show them first, or clear the selection.`
        : href.length > LONGEST_ADDRESS
          ? 'So many do not go into the address of a page: begin a bulk change of tags, and name their ARNs there.'
          : undefined
  return {
    id: 'tags',
    text: `Change tags${selected.length > 1 ? ` (${formatCount(selected.length)})` : ''}`,
    needs: 'admin',
    whyNot,
    href,
  }
}
