import type { ChartProcedures } from './chart.ts'
import type { PayloadTypeProcedures } from './payload-types.ts'
import type { PublishProcedures } from './publish.ts'
import type { RecordProcedures } from './record.ts'
import type { StreamProcedures } from './stream.ts'
import type { TaskProcedures } from './task.ts'
import type { TreeProcedures } from './tree.ts'

/** All that the page may ask of the live worker. Failures are `RpcError`s with a `code`. */
export type LiveProcedures = StreamProcedures &
  TreeProcedures &
  ChartProcedures &
  RecordProcedures &
  PayloadTypeProcedures &
  PublishProcedures &
  TaskProcedures
