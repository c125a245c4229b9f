import type { Register } from '../../../api/registers.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { ProblemBar } from '../../../ui/ProblemBar.tsx';
import { saveFile } from '../../../ui/saveFile.ts';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import { templateOf } from './columns.ts';
import page from '../../page.module.css';
import css from './Import.module.css';
import { Running } from './Running.tsx';
import type { Import } from './useImport.ts';

// Where a file is chosen; once it is read, one line that says what was found.
export function FileCard({ register, work }: { register: Register; work: Import }) {
  const { t, f } = useWords();
  const words = useListWords().imports;
  const { file, found, problem, doing } = work;
  const template = () => saveFile(`${register.name}.csv`, templateOf(register), 'text/csv');
  return (
    <Card title={words.file} {...(found && { note: words.found(f.number(found.rows), f.number(found.columns.length)) })}>
      <div className={css.body}>
        {problem && <ProblemBar what={problem.detail || t.errors.offline} reference={problem.reference} />}
        <FileDrop
          label={words.file}
          hint={words.drop}
          accept=".xlsx,.csv,.tsv,.txt"
          value={file && { name: file.name, size: file.size, file, sha256: null }}
          onChange={(picked) => (picked?.file ? work.choose(picked.file) : work.again())}
        />
        {!file && (
          <>
            <p className={page.note}>{words.dropHelp}</p>
            <div className={page.buttons}>
              <Button kind="quiet" icon="download" onClick={template}>
                {words.template}
              </Button>
            </div>
          </>
        )}
        {doing === 'reading' && <Running label={words.reading} progress={null} />}
      </div>
    </Card>
  );
}
