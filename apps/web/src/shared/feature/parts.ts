import type { ComponentType } from 'react'
import type { MqttMessage } from '../mqtt/message.ts'
import type { ThingTabId } from '../page-tabs.ts'
import type { RawSearch } from '../search-params.ts'
import type { SearchProps } from '../search-props.ts'

/** A tab that a feature brings to the page of a thing. */
export interface ThingTab {
  readonly id: ThingTabId
  readonly label: string
  readonly Content: ComponentType<{ readonly thingName: string } & SearchProps<object>>
}

export interface MessageViewProps {
  /** Received, or taken from where it is retained. */
  readonly message: Omit<MqttMessage, 'dup'>
}

export interface DeviceRefusalsProps {
  readonly thingName: string
  /** Of the certificate that it is to connect with. */
  readonly certificateId: string
  readonly sinceMs: number
  /** It goes on being asked. */
  readonly isLive: boolean
}

/** A topic filter that may be worth subscribing to. */
export interface TopicOffer {
  readonly filter: string
  /** What comes there, in a few words. */
  readonly description: string
}

/**
 * What features show on pages of other features, which do not know them. A page says what it takes (`takes` of
 * `definePage`) and gets it as properties; the app joins the two.
 */
export interface Parts {
  /** In the order of `THING_TABS`. */
  readonly thingTabs: readonly ThingTab[]
  /** How the connection of a thing's device stands, in a line. */
  readonly ThingStatus: ComponentType<{ readonly thingName: string }>
  /** One message whole, in each of its forms, with what can be done with it. */
  readonly MessageView: ComponentType<MessageViewProps>
  /** A button that turns the fleet index on, with what follows from that. */
  readonly TurnOnFleetIndex: ComponentType
  /** Topics that features know of, for whoever subscribes. */
  readonly topicOffers: readonly TopicOffer[]
  /** What a device was refused since a moment, and why; nothing where nothing was. */
  readonly DeviceRefusals: ComponentType<DeviceRefusalsProps>
  /** What CloudWatch counts of a rule, as charts. */
  readonly RuleMetrics: ComponentType<{ readonly ruleName: string }>
}

/** A tab before its code is fetched, as {@link defineThingTab} makes it. */
export interface ThingTabOffer extends Omit<ThingTab, 'Content'> {
  /** Of the tab's own search parameters: the page's are these and its own. */
  readonly validateSearch: (raw: RawSearch) => object
  readonly load: () => Promise<ThingTab['Content']>
}

/** What a feature offers of {@link Parts}. Its code is fetched with the page that takes it. */
export interface PartOffers {
  readonly thingTabs?: readonly ThingTabOffer[]
  /** At most one feature knows. */
  readonly thingStatus?: () => Promise<Parts['ThingStatus']>
  readonly messageView?: () => Promise<Parts['MessageView']>
  readonly turnOnFleetIndex?: () => Promise<Parts['TurnOnFleetIndex']>
  readonly topicOffers?: Parts['topicOffers']
  readonly deviceRefusals?: () => Promise<Parts['DeviceRefusals']>
  readonly ruleMetrics?: () => Promise<Parts['RuleMetrics']>
}

interface ThingTabDefinition<Search extends object> {
  readonly id: ThingTabId
  readonly label: string
  /** Left out: the tab has none. All tabs share one address, so a name must not mean something else to another tab. */
  readonly validateSearch?: (raw: RawSearch) => Search
  readonly load: () => Promise<ComponentType<{ readonly thingName: string } & SearchProps<Search>>>
}

/** A tab for the page of a thing; its search parameters are typed by their schema. */
export const defineThingTab = <Search extends object = object>({
  validateSearch = () => ({}) as Search, // without a schema there are no parameters, and `Search` is `object`
  load,
  ...rest
}: ThingTabDefinition<Search>): ThingTabOffer => ({
  ...rest,
  validateSearch,
  // What the tab is given has passed its own schema, which types cannot say of a list of tabs.
  load: load as ThingTabOffer['load'],
})
