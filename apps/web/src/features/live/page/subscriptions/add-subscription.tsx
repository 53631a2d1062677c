import Autosuggest, { type AutosuggestProps } from '@cloudscape-design/components/autosuggest'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import Select from '@cloudscape-design/components/select'
import { doubtTopic } from '@thingdeck/topics'
import { useId, useMemo, useRef, useState } from 'react'
import { SENDS_FORM, SubmittingForm } from '../../../../shared/form/submitting-form.tsx'
import type { Qos, SubscriptionRequest } from '../../../../shared/mqtt/message.ts'
import { useShortcut } from '../../../../shared/shortcuts/shortcuts.tsx'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import { useIsWide } from '../../../../shared/use-is-wide.ts'
import { adviceOn, whyNotSubscribe } from './filter-advice.ts'
import { suggestFilters } from './suggest-filters.ts'
import { TopicDoubtWords } from './topic-doubt-words.tsx'
import { useTopicOffers } from './topic-offers.ts'
import { useTopicSuggestions } from './use-topic-suggestions.ts'

const QOS_OPTIONS = [
  { value: '0', label: 'QoS 0', description: 'At most once' },
  { value: '1', label: 'QoS 1', description: 'At least once; kept for you while you reconnect' },
]

interface AddSubscriptionProps {
  readonly stream: string
  readonly subscriptions: readonly SubscriptionRequest[]
  readonly thingNames: readonly string[]
  readonly onAdd: (request: SubscriptionRequest) => void
}

export function AddSubscription({ stream, subscriptions, thingNames, onAdd }: AddSubscriptionProps) {
  const [filter, setFilter] = useState('')
  const [qos, setQos] = useState<Qos>(0)
  const [isFocused, setIsFocused] = useState(false)
  const adviceId = useId()
  const isWide = useIsWide()
  const field = useRef<AutosuggestProps.Ref>(null)
  useShortcut('s', 'Subscribe to a topic filter', () => field.current?.focus())
  const offers = useTopicOffers()
  const seen = useTopicSuggestions(stream, filter, isFocused)
  const options = useMemo(
    () => groupsOf(doubtTopic(filter)?.suggestion, seen, suggestFilters(filter, thingNames, offers)),
    [seen, filter, thingNames, offers],
  )

  const problem = filter === '' ? undefined : whyNotSubscribe(filter, subscriptions)
  const advice = filter === '' || problem !== undefined ? undefined : adviceOn(filter, subscriptions)
  const add = () => {
    if (filter === '' || problem !== undefined) return
    onAdd({ filter, qos })
    setFilter('')
  }
  const hint = problem ?? advice?.text
  return (
    <SubmittingForm className="td-add-subscription" onSubmit={add}>
      <Autosuggest
        className="td-add-subscription-filter"
        ref={field}
        value={filter}
        onChange={({ detail }) => setFilter(detail.value)}
        onFocus={() => setIsFocused(true)}
        onBlur={() => setIsFocused(false)}
        options={options}
        filteringType="manual"
        enteredTextLabel={(value) => (problem === undefined ? `Subscribe to “${value}”` : `Not “${value}”: ${problem}`)}
        // What was typed, not one of the suggestions: Enter means it, and not only that the list closes.
        onSelect={({ detail }) => {
          if (detail.selectedOption === undefined) add()
        }}
        ariaLabel="Topic filter"
        ariaDescribedby={adviceId}
        placeholder="Topic filter, e.g. dt/+/pump-7/#"
        invalid={problem !== undefined}
        virtualScroll
      />
      <Select
        className="td-add-subscription-qos"
        ariaLabel="Quality of service"
        options={QOS_OPTIONS}
        selectedOption={QOS_OPTIONS[qos] ?? null}
        onChange={({ detail }) => setQos(detail.selectedOption.value === '1' ? 1 : 0)}
        expandToViewport
      />
      <Button
        nativeButtonAttributes={SENDS_FORM}
        disabled={filter === '' || problem !== undefined}
        {...(isWide ? {} : { iconName: 'add-plus', ariaLabel: 'Subscribe' })}
      >
        {isWide ? 'Subscribe' : undefined}
      </Button>
      <p id={adviceId} className={problem === undefined ? 'td-weak' : 'td-error'} role="status">
        {hint !== undefined && `${hint} `}
        {advice?.offers.map((offer) => (
          <Button
            key={offer}
            variant="inline-link"
            formAction="none"
            ariaLabel={`Subscribe to ${offer} too`}
            onClick={() => onAdd({ filter: offer, qos })}
          >
            + {offer}
          </Button>
        ))}
        {advice?.page && (
          <Link href={advice.page.href} fontSize="body-s">
            {advice.page.text}
          </Link>
        )}
      </p>
      <TopicDoubtWords topic={filter} onChange={setFilter} />
    </SubmittingForm>
  )
}

function groupsOf(
  meant: string | undefined,
  seen: readonly string[],
  known: readonly { readonly filter: string; readonly description: string }[],
): AutosuggestProps.Options {
  const groups: AutosuggestProps.OptionGroup[] = []
  // The list lies over the words below the field.
  if (meant)
    groups.push({
      label: 'Perhaps meant',
      options: [{ value: meant, description: 'Without blanks or quotation marks around it, and what is not seen' }],
    })
  if (seen.length > 0)
    groups.push({ label: 'Seen', options: seen.map((value) => ({ value, label: visibleText(value) })) })
  if (known.length > 0) {
    groups.push({
      label: 'Reserved and well-known',
      options: known.map(({ filter, description }) => ({ value: filter, description })),
    })
  }
  return groups
}
