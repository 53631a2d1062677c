import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../../shared/api.ts'
import { formatCount } from '../../../../shared/format.ts'
import { isJson } from '../../../../shared/message-draft/json-text.ts'
import { messageOf } from '../../../../shared/message-of.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import type { AskedService, ServiceAnswer } from '../protocol.ts'

/** Functions that ask AWS, with what an answer of each looks like. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  aws_lambda: '{"answer": "of the function"}',
  decode: '{"member": "of the message"}',
  get_dynamodb: '{"column": "of the item"}',
  get_registry_data: '{"thingName": "pump-7", "attributes": {}}',
  get_secret: 'the text of the secret',
  get_thing_shadow: '{"state": {"reported": {}}}',
  machinelearning_predict: '{"predictedLabels": "1"}',
}
const OPTIONS = Object.keys(FUNCTIONS).map((value) => ({ value, label: `${value}()` }))

interface AnswersSectionProps {
  readonly asked: readonly AskedService[]
  readonly answers: readonly ServiceAnswer[]
  readonly onChange: (answers: readonly ServiceAnswer[]) => void
}

/** What functions that ask AWS are answered with: nobody is asked, but for what the console is told to ask. */
export function AnswersSection({ asked, answers, onChange }: AnswersSectionProps) {
  if (asked.length === 0 && answers.length === 0) return null
  const open = asked.filter(({ isAnswered }) => !isAnswered)
  const add = (answer: ServiceAnswer) => onChange([answer, ...answers])
  return (
    <ExpandableSection
      headerText={`Answers of AWS${open.length > 0 ? `: ${formatCount(open.length)} missing` : ''}`}
      defaultExpanded
    >
      <SpaceBetween size="m">
        {open.length > 0 && (
          <ul className="td-plain-list" aria-label="Questions without an answer">
            {open.slice(0, 10).map((question) => (
              <Question key={`${question.functionName} ${question.args}`} question={question} onAnswer={add} />
            ))}
          </ul>
        )}
        {answers.map((answer, index) => (
          <AnswerRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are what stands at their place
            key={index}
            answer={answer}
            onChange={(changed) => onChange(answers.with(index, changed))}
            onRemove={() => onChange(answers.toSpliced(index, 1))}
          />
        ))}
        <Button onClick={() => add({ functionName: 'aws_lambda', answer: FUNCTIONS.aws_lambda ?? '' })}>
          Add an answer
        </Button>
      </SpaceBetween>
    </ExpandableSection>
  )
}

interface QuestionProps {
  readonly question: AskedService
  readonly onAnswer: (answer: ServiceAnswer) => void
}

function Question({ question, onAnswer }: QuestionProps) {
  const { functionName, args, count, shadow } = question
  const [failure, setFailure] = useState<string>()
  const ask = async ({ thingName, shadowName }: NonNullable<AskedService['shadow']>) => {
    try {
      const answer = await api(endpoints.getShadow, { params: { thingName }, query: { shadowName } })
      onAnswer({ functionName, pattern: args, answer })
    } catch (error) {
      setFailure(messageOf(error))
    }
  }
  return (
    <li>
      <span className="td-mono">
        <VisibleText text={`${functionName}(${args})`} />
      </span>{' '}
      <span className="td-weak">asked {count === 1 ? 'once' : `${formatCount(count)} times`}</span>{' '}
      <Button
        variant="inline-link"
        ariaLabel={`Fill in what ${functionName}(${args}) answers`}
        onClick={() => onAnswer({ functionName, pattern: args, answer: FUNCTIONS[functionName] ?? '{}' })}
      >
        Fill in
      </Button>{' '}
      {shadow ? (
        <Button
          variant="inline-link"
          ariaLabel={`Really read the shadow of ${shadow.thingName}`}
          onClick={() => void ask(shadow)}
        >
          Really read it
        </Button>
      ) : (
        <span className="td-weak">The console cannot ask this itself.</span>
      )}
      {failure !== undefined && <p className="td-error">{failure}</p>}
    </li>
  )
}

interface AnswerRowProps {
  readonly answer: ServiceAnswer
  readonly onChange: (answer: ServiceAnswer) => void
  readonly onRemove: () => void
}

function AnswerRow({ answer, onChange, onRemove }: AnswerRowProps) {
  const { functionName, pattern = '', answer: text, isFailure = false } = answer
  const isText = isFailure || functionName === 'get_secret'
  return (
    <fieldset className="td-rehearsal-answer" aria-label={`Answer of ${functionName}()`}>
      <FormField label="Function" stretch>
        <Select
          options={OPTIONS}
          selectedOption={OPTIONS.find(({ value }) => value === functionName) ?? null}
          onChange={({ detail }) => onChange({ ...answer, functionName: detail.selectedOption.value ?? functionName })}
        />
      </FormField>
      <FormField label="When asked" description="Its arguments; * stands for anything" stretch>
        <Input
          value={pattern}
          placeholder="*"
          spellcheck={false}
          onChange={({ detail }) => onChange({ ...answer, pattern: detail.value })}
        />
      </FormField>
      <FormField
        label={isFailure ? 'Fails because' : 'Answers'}
        errorText={isText || isJson(text) ? undefined : 'This is no JSON.'}
        constraintText={
          functionName === 'get_secret' && 'Make one up: it is kept with test cases, which operators can read.'
        }
        stretch
      >
        <div className="td-code">
          <Textarea
            value={text}
            rows={3}
            spellcheck={false}
            onChange={({ detail }) => onChange({ ...answer, answer: detail.value })}
          />
        </div>
      </FormField>
      <Checkbox checked={isFailure} onChange={({ detail }) => onChange({ ...answer, isFailure: detail.checked })}>
        The call fails
      </Checkbox>
      <Button variant="inline-link" ariaLabel={`Remove the answer of ${functionName}()`} onClick={onRemove}>
        Remove
      </Button>
    </fieldset>
  )
}
