import Autosuggest from '@cloudscape-design/components/autosuggest'
import Button from '@cloudscape-design/components/button'
import Select from '@cloudscape-design/components/select'
import { useEffect, useState } from 'react'
import { SENDS_FORM, SubmittingForm } from '../../../../shared/form/submitting-form.tsx'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import { useLiveClient } from '../client.ts'
import { useTopicSuggestions } from '../subscriptions/use-topic-suggestions.ts'

interface AddPinProps {
  readonly stream: string
  readonly onAdd: (topic: string, path: string) => void
}

/** A topic that was seen, and a number in its newest message. */
export function AddPin({ stream, onAdd }: AddPinProps) {
  const [topic, setTopic] = useState('')
  const [path, setPath] = useState<string>()
  const [isFocused, setIsFocused] = useState(false)
  const topics = useTopicSuggestions(stream, topic, isFocused).filter((each) => !/[#+]/.test(each))
  const numbers = useNumericPaths(stream, topic)
  const chosen = numbers.find((number) => number.path === path) ?? numbers[0]
  return (
    <SubmittingForm
      className="td-add-pin"
      onSubmit={() => {
        if (chosen) onAdd(topic, chosen.path)
      }}
    >
      <Autosuggest
        value={topic}
        onChange={({ detail }) => setTopic(detail.value)}
        onFocus={() => setIsFocused(true)}
        onBlur={() => setIsFocused(false)}
        options={topics.map((value) => ({ value, label: visibleText(value) }))}
        filteringType="manual"
        enteredTextLabel={(value) => `Use “${value}”`}
        ariaLabel="Topic to chart"
        placeholder="Topic to chart"
        empty="No topic was seen yet"
      />
      <Select
        ariaLabel="Number in the message"
        placeholder={topic === '' ? 'Number' : 'No number in its newest message'}
        options={numbers.map((number) => ({
          value: number.path,
          label: visibleText(number.path),
          labelTag: visibleText(number.text),
        }))}
        selectedOption={chosen ? { value: chosen.path, label: visibleText(chosen.path) } : null}
        onChange={({ detail }) => setPath(detail.selectedOption.value)}
        disabled={numbers.length === 0}
        expandToViewport
      />
      <Button nativeButtonAttributes={SENDS_FORM} disabled={!chosen}>
        Pin
      </Button>
    </SubmittingForm>
  )
}

function useNumericPaths(stream: string, topic: string) {
  const client = useLiveClient()
  const [found, setFound] = useState<readonly { readonly path: string; readonly text: string }[]>([])
  useEffect(() => {
    let isCurrent = true
    if (topic === '') setFound([])
    else {
      client
        .call('live.numericPaths', { stream, topic })
        .then((paths) => {
          if (isCurrent) setFound(paths)
        })
        .catch(() => {}) // the worker was closed: the person signed out
    }
    return () => {
      isCurrent = false
    }
  }, [client, stream, topic])
  return found
}
