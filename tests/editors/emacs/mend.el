;;; mend.el --- Mend broken files  -*- lexical-binding: t -*-

;;; Commentary:

;; Opens each file that is named, tells its findings, takes a fix, and tells
;; the text.

;;; Code:

(require 'typist)

(defun mend-finding (finding)
  "What is told of FINDING."
  (let ((begin (flymake-diagnostic-beg finding))
        (told (alist-get 'eglot-lsp-diag (flymake-diagnostic-data finding))))
    (save-excursion
      (goto-char begin)
      `((code . ,(plist-get told :code))
        (line . ,(1- (line-number-at-pos)))
        (from . ,(- begin (line-beginning-position)))
        (to . ,(- (flymake-diagnostic-end finding) (line-beginning-position)))))))

(defun mend-file (name fix)
  "Open the file NAME and take FIX."
  (typist-command #'find-file name)
  (let ((findings (typist-find "findings" #'flymake-diagnostics)))
    (typist-see 'findings (vconcat (mapcar #'mend-finding findings)))
    (goto-char (flymake-diagnostic-beg (car findings))))
  (let ((completing-read-function (lambda (&rest _) fix))
        ;; As when a key was pressed, and not the mouse.
        (last-nonmenu-event ?\r))
    (typist-command #'call-interactively #'eglot-code-actions))
  (typist-command #'save-buffer)
  (typist-find "no findings" (lambda () (not (flymake-diagnostics))))
  (typist-see 'text (typist-text))
  (typist-see 'saved t))

(seq-doseq (file (json-read-from-string (getenv "BROKEN_FILES")))
  (mend-file (alist-get 'name file) (alist-get 'fix file)))

;;; mend.el ends here
