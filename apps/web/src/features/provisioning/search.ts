import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { PROVISIONING_TABS, type ProvisioningTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, type RawSearch, versionParam } from '../../shared/search-params.ts'
import { type TimeRange, timeRangeParams } from '../../shared/time-range.ts'

export const validateProvisioningTemplatesSearch = (raw: RawSearch): ListSearch => listSearch(raw)

export interface CreateTemplateSearch {
  readonly type?: 'JITP'
}

export const validateCreateTemplateSearch = (raw: RawSearch): CreateTemplateSearch =>
  defined({ type: choiceParam(raw.type, ['JITP'] as const) })

/** The time range is of the devices that were provisioned lately. */
export interface ProvisioningTemplateSearch extends TimeRange {
  /** Left out: the template. */
  readonly tab?: ProvisioningTabId
  /** Of the versions: the one that is compared; of the rehearsal: the one that is rehearsed. */
  readonly version?: string
  /** What it is compared with; left out: the default version. */
  readonly with?: string
}

export const validateProvisioningTemplateSearch = (raw: RawSearch): ProvisioningTemplateSearch =>
  defined({
    tab: choiceParam(raw.tab, PROVISIONING_TABS),
    version: versionParam(raw.version),
    with: versionParam(raw.with),
    ...timeRangeParams(raw),
  })

export const validateProvisionedDevicesSearch = (raw: RawSearch): TimeRange => defined(timeRangeParams(raw))
