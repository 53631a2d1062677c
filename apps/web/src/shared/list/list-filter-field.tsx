import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useEffect, useRef } from 'react'
import { isFocusLost } from '../focus-lost.ts'
import { useShortcut } from '../shortcuts/shortcuts.tsx'
import type { ListProps } from './list-props.ts'
import type { Whole } from './list-search.ts'
import './list.css'

type ListFilterFieldProps<Row, F extends object> = NonNullable<ListProps<Row, F>['filter']> & {
  readonly many: string
  readonly search: F
  /** Those that were read: their values are offered. */
  readonly rows: readonly Row[]
  readonly onChange: (change: Whole<F>) => void
  /** Notices below. */
  readonly children: ReactNode
}

/** The field by which a list is filtered; `/` leads into it. */
export function ListFilterField<Row, F extends object>(props: ListFilterFieldProps<Row, F>) {
  const {
    by,
    placeholder,
    groups = [],
    isOffered = () => true,
    beside,
    instead,
    many,
    search,
    rows,
    onChange,
    children,
  } = props
  const field = useRef<PropertyFilterProps.Ref>(null)
  useShortcut('/', `Filter ${many}`, () => field.current?.focus())
  const isShown = !instead
  const wasShown = useRef(isShown)
  useEffect(() => {
    // What stood in its place had the focus, and is gone.
    if (isShown && !wasShown.current && isFocusLost()) field.current?.focus()
    wasShown.current = isShown
  }, [isShown])
  const { properties, options } = by.choices(rows, search, isOffered)
  const propertyFilter = instead || (
    <PropertyFilter
      ref={field}
      query={by.toQuery(search)}
      onChange={({ detail }) => onChange(by.fromQuery(detail))}
      filteringProperties={properties}
      filteringOptions={options}
      filteringPlaceholder={placeholder}
      filteringAriaLabel={`Filter ${many}`}
      customGroupsText={[...groups]}
      freeTextFiltering={by.freeText}
      hideOperations={by.isGrouped !== true}
      enableTokenGroups={by.isGrouped === true}
    />
  )
  return (
    <SpaceBetween size="s">
      {beside === undefined ? (
        propertyFilter
      ) : (
        <div className="td-list-filter">
          {propertyFilter}
          {beside}
        </div>
      )}
      {children}
    </SpaceBetween>
  )
}
