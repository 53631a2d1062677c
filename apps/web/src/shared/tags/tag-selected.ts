import type { Action } from '../action/action.ts'
import { formatCount } from '../format.ts'
import { paths } from '../paths.ts'

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
  const whyNot =
    selected.length === 0
      ? `Select the ${many} whose tags to change.`
      : arns.length < selected.length
        ? `Some of the selected ${many} are not loaded: show them first, or clear the selection.`
        : undefined
  return {
    id: 'tags',
    text: `Change tags${selected.length > 1 ? ` (${formatCount(selected.length)})` : ''}`,
    needs: 'admin',
    whyNot,
    href: paths.bulkChanges({ act: 'tags', resources: arns }),
  }
}
