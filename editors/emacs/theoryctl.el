;;; theoryctl.el --- Documents of theoryctl, served by Eglot  -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))

;;; Commentary:

;; (require 'theoryctl)
;; (theoryctl-setup)
;;
;; starts the language server with the first inputs document, registry.yaml
;; or file below a theory.yaml that is opened, one server for each project
;; and major mode.  The server may read the project and the toolkit.

;;; Code:

(require 'cl-lib)
(require 'eglot)
(require 'project)

(defgroup theoryctl nil
  "Documents of theoryctl."
  :group 'tools)

(defcustom theoryctl-deno "deno"
  "The program that runs the server."
  :type 'string)

(defcustom theoryctl-toolkit
  (expand-file-name "../.." (file-name-directory
                             (file-truename (or load-file-name buffer-file-name))))
  "Folder of main.ts, or of main.js of a release."
  :type 'directory)

(defcustom theoryctl-folders nil
  "More folders that documents are in, or attach files of."
  :type '(repeat directory))

(defcustom theoryctl-allow-run nil
  "Non-nil lets the server start `deno', and so run documents in mock mode."
  :type 'boolean)

(defconst theoryctl--modes
  '(js-mode js-json-mode json-mode json-ts-mode jsonc-mode yaml-mode yaml-ts-mode)
  "Major modes of files that may be ours.")

(defun theoryctl--folder (name)
  "The folder called NAME, as Deno is told of it."
  (directory-file-name (expand-file-name name)))

(defun theoryctl-command ()
  "The words that start the server in the folder of a project.
It may read that folder, the toolkit, and nothing else.  The
folder is called `.', for Deno takes no comma in the names of
folders."
  (let* ((toolkit (theoryctl--folder theoryctl-toolkit))
         (folders (mapcar #'theoryctl--folder theoryctl-folders))
         (main (cl-find-if #'file-exists-p
                           (list (concat toolkit "/main.ts") (concat toolkit "/main.js"))))
         (readable (string-join (append (list toolkit ".") folders) ",")))
    `(,theoryctl-deno "run" "--no-prompt" ,(concat "--allow-read=" readable)
      ,@(and theoryctl-allow-run '("--allow-run=deno"))
      ,(or main (user-error "Cannot find main.ts in %s" toolkit))
      "lsp" ,@folders)))

(defun theoryctl--settings-folder (dir)
  "The nearest folder with a theory.yaml, from DIR upwards."
  (or (locate-dominating-file dir "theory.yaml")
      (locate-dominating-file dir "theory.json")))

(defun theoryctl-document-p ()
  "Whether this buffer may hold a document of theoryctl.
So that no server starts for every JSON and YAML file; the server
looks closer, and leaves other documents alone."
  (when-let ((path buffer-file-name)
             (case-fold-search t)
             ((string-match-p "\\.\\(jsonc?\\|ya?ml\\)\\'" path)))
    (let ((name (file-name-nondirectory path)))
      (or (equal name "registry.yaml")
          (string-match-p "\\(\\`\\|[._-]\\)inputs[._-]" name)
          (theoryctl--says-inputs-p)
          (theoryctl--settings-folder path)))))

(defun theoryctl--says-inputs-p ()
  "Whether the beginning of this buffer speaks of a processor, or of params."
  (save-excursion
    (save-restriction
      (widen)
      (cl-flet ((says (pattern)
                  (goto-char (point-min))
                  (re-search-forward pattern (min 4096 (point-max)) t)))
        (or (says "\\$processor\\|processor:\\s-*\\S-+@[0-9]")
            (and (says "\\_<schema\\_>") (says "\\_<params\\_>")))))))

;; Projects

(defun theoryctl--project (dir)
  "The project of DIR where only a theory.yaml says that there is one."
  (when-let ((root (theoryctl--settings-folder dir)))
    (cons 'theoryctl root)))

(cl-defmethod project-root ((project (head theoryctl)))
  "The folder of the theory.yaml of PROJECT."
  (cdr project))

(defclass theoryctl-server (eglot-lsp-server) ()
  "The language server of theoryctl.")

(cl-defmethod eglot-register-capability :around
  ((server theoryctl-server) (_method (eql 'workspace/didChangeWatchedFiles)) _id &rest _more)
  "Watch the files of projects only.
A file of no project may lie in a home folder, and all that is in there
belongs to SERVER for Eglot."
  (if (eq (car-safe (eglot--project server)) 'transient)
      (list t "OK, watching nothing")
    (cl-call-next-method)))

;; Starting

(defun theoryctl--language ()
  "What the language of this buffer is called in the protocol."
  (if (string-match-p "\\.ya?ml\\'" buffer-file-name) "yaml" "json"))

(defun theoryctl-ensure ()
  "Serve this buffer if it holds a document of theoryctl."
  (interactive)
  (when (and (theoryctl-document-p)
             (not (local-variable-p 'eglot-server-programs)))
    (setq-local eglot-server-programs
                `((((,major-mode :language-id ,(theoryctl--language)))
                   . ,(cons 'theoryctl-server (theoryctl-command)))))
    (eglot-ensure)))

;;;###autoload
(defun theoryctl-setup ()
  "Serve files that are opened from now on."
  (unless (assoc-default "a.jsonc" auto-mode-alist #'string-match-p)
    (add-to-list 'auto-mode-alist '("\\.jsonc\\'" . js-mode)))
  (add-hook 'project-find-functions #'theoryctl--project 90)
  (dolist (mode theoryctl--modes)
    (add-hook (intern (format "%s-hook" mode)) #'theoryctl-ensure)))

;; Commands

(defun theoryctl--server ()
  "The server of this buffer."
  (let ((server (eglot-current-server)))
    (unless (theoryctl-server-p server)
      (user-error "No server of theoryctl is connected to this buffer"))
    server))

(defun theoryctl-run-mock ()
  "Run the document in mock mode.
Without `theoryctl-allow-run', show the command line that does.  The
server itself tells how it ended."
  (interactive)
  (jsonrpc-async-request
   (theoryctl--server) :workspace/executeCommand
   `(:command ,(if theoryctl-allow-run "theoryctl.runMock" "theoryctl.commandLine")
     :arguments [(:uri ,(plist-get (eglot--TextDocumentIdentifier) :uri))])
   :success-fn #'ignore
   :error-fn (lambda (found) (message "theoryctl: %s" (plist-get found :message)))
   :timeout most-positive-fixnum
   :deferred :theoryctl-run-mock))

(defun theoryctl--ask (method)
  "What the server answers to METHOD about this buffer."
  (or (jsonrpc-request (theoryctl--server) method
                       (list :textDocument (eglot--TextDocumentIdentifier))
                       :deferred method)
      (user-error "This is no inputs document")))

(defun theoryctl-show-payload ()
  "Show the payload of the document as it will be sent."
  (interactive)
  (cl-destructuring-bind (&key text notes ref mode &allow-other-keys)
      (theoryctl--ask :theory/resolved)
    (with-current-buffer (get-buffer-create "*theoryctl payload*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (if ref
                    (format "// The payload as it will be sent to %s, mode %s\n" ref mode)
                  "// The payload as it will be sent; no processor is named\n"))
        (mapc (lambda (note) (insert "// " note "\n")) notes)
        (insert text)
        (goto-char (point-min))
        (js-mode)
        (view-mode)
        (set-buffer-modified-p nil))
      (display-buffer (current-buffer)))))

(defun theoryctl--counted (number word)
  "NUMBER of what WORD says."
  (format "%d %s%s" number word (if (= number 1) "" "s")))

(defun theoryctl-status ()
  "Say what the document is checked as, and what the server may do."
  (interactive)
  (cl-destructuring-bind (&key kind ref from findings permissions &allow-other-keys)
      (theoryctl--ask :theory/status)
    (message "theoryctl: %s, %s%s; %s, %s; %s" kind (or ref "no processor")
             (if (member from '(nil "none")) "" (format " (%s)" from))
             (theoryctl--counted (plist-get findings :error) "error")
             (theoryctl--counted (plist-get findings :warning) "warning")
             (string-join permissions " "))))

(provide 'theoryctl)
;;; theoryctl.el ends here
