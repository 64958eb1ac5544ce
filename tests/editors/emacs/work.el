;;; work.el --- Use the commands of theoryctl  -*- lexical-binding: t -*-

;;; Commentary:

;; Opens a file that is none of ours and makes it ours, then inputs.yaml, and gives each command
;; there once.

;;; Code:

(require 'typist)

(defun work-said (pattern)
  "Wait for a message that matches PATTERN."
  (typist-find pattern
               (lambda ()
                 (with-current-buffer (messages-buffer)
                   (save-excursion
                     (goto-char (point-min))
                     (and (re-search-forward pattern nil t) (match-string 0)))))))

(typist-command #'find-file "compose.yaml")
(typist-see 'foreign (if (eglot-current-server) "served" "left alone"))

(goto-char (point-min))
(insert "$processor: llm/litellm@1\n")
(typist-command #'call-interactively #'theoryctl-ensure)
(typist-see 'became (if (eglot-current-server) "served" "left alone"))

(typist-command #'find-file "inputs.yaml")
(typist-find "a server" #'eglot-current-server)
(typist-command #'theoryctl-status)
(typist-see 'status (work-said "theoryctl: .*"))
(typist-command #'theoryctl-show-payload)
(typist-see 'payload (with-current-buffer "*theoryctl payload*" (typist-text)))
(typist-command #'theoryctl-run-mock)
(typist-see 'run (work-said "\\(?:Mock run of\\|.*localctl run\\) .*"))

;;; work.el ends here
