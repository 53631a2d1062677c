import { QUERIES } from './rules-sql/queries.ts'
import { compileRule, RuleInput } from '../packages/rules-sql/src/index.ts'
const environment = { accountId: '1', random: () => 1, randomUuid: () => '', services: {} }
const which=Number(process.argv[2])
const q=QUERIES[which]!
const message = { topic: 'plant/north/pump-7', payload: new TextEncoder().encode(q.payload), timestampMs: Date.now() }
const rule=compileRule(q.sql,{sqlVersion:'2016-03-23'})
const end=performance.now()+4000
let s:unknown
while(performance.now()<end) for(let i=0;i<100;i++) s=rule.run(new RuleInput(message,q.payload),environment)
console.log(JSON.stringify((s as {result:unknown}).result).slice(0,50))
