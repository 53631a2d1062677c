import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { defineThingTab } from '../../shared/feature/parts.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import {
  validateCreateJobSearch,
  validateJobSearch,
  validateJobsSearch,
  validateJobTemplatesSearch,
  validateThingJobsSearch,
} from './search.ts'

export const jobs: Feature = {
  name: 'jobs',
  pages: [
    definePage({
      path: ADDRESSES.jobs,
      validateSearch: validateJobsSearch,
      load: async () => (await import('./list/list-page.tsx')).JobsPage,
      help: async () => (await import('./help.ts')).jobsHelp,
    }),
    definePage({
      path: ADDRESSES.createJob,
      validateSearch: validateCreateJobSearch,
      load: async () => (await import('./create/create-page.tsx')).CreateJobPage,
      help: async () => (await import('./help.ts')).createJobHelp,
    }),
    definePage({
      path: ADDRESSES.job,
      validateSearch: validateJobSearch,
      load: async () => (await import('./job/job-page.tsx')).JobPage,
      help: async () => (await import('./help.ts')).jobHelp,
    }),
    definePage({
      path: ADDRESSES.editJob,
      load: async () => (await import('./edit/edit-page.tsx')).EditJobPage,
      help: async () => (await import('./help.ts')).editJobHelp,
    }),
    definePage({
      path: ADDRESSES.jobTemplates,
      validateSearch: validateJobTemplatesSearch,
      load: async () => (await import('./templates/templates-page.tsx')).JobTemplatesPage,
      help: async () => (await import('./help.ts')).jobTemplatesHelp,
    }),
  ],
  navigation: [
    { section: 'Operate', place: 20, title: 'Jobs', href: paths.jobs(), does: 'Go to jobs' },
    { section: 'Operate', place: 21, title: 'Job templates', href: paths.jobTemplates(), does: 'Go to job templates' },
  ],
  commands: [{ id: 'create job', group: 'Actions', title: 'Create job', href: paths.createJob() }],
  parts: {
    thingTabs: [
      defineThingTab({
        id: 'jobs',
        label: 'Jobs',
        validateSearch: validateThingJobsSearch,
        load: async () => (await import('./thing/thing-jobs.tsx')).ThingJobs,
      }),
    ],
  },
}
